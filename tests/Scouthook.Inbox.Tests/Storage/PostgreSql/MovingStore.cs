using System.Security.Cryptography;
using System.Text;
using Dapper;
using Microsoft.Data.Sqlite;
using Scouthook.Events;
using Scouthook.Inbox.Delivering.Secrets;
using Scouthook.Inbox.Model;
using Scouthook.Inbox.Rules;
using Scouthook.Inbox.Storage;
using Scouthook.Inbox.Tests.Storage.Sqlite;
using Scouthook.Parsing;
using Scouthook.Testing;

namespace Scouthook.Inbox.Tests.Storage.PostgreSql;

/// <summary>A SQLite store with some of everything, and copies of its data directory, as a stopped gateway leaves one.</summary>
internal sealed class MovingStore : IAsyncDisposable
{
    public const string Key = "shk_a_key";
    public const string OldSecret = "an-old-secret-of-crm-0001";
    public const string NewSecret = "a-new-secret-of-crm-0002";
    public const string SourceSecret = "a-secret-added-at-run-time";

    private static readonly TimeSpan Window = TimeSpan.FromHours(48);

    /// <summary>Filled once: most of the time goes into commits that wait for the disk.</summary>
    private static readonly Lazy<Task<Template>> Filled = new(FillAsync);

    private MovingStore(SqliteHarness store)
    {
        Store = store;
        Protector = new SecretProtector(Path.Combine(store.Folder, "keys"));
    }

    public SqliteHarness Store { get; }

    public TwoClocks Clock => (TwoClocks)Store.Time;

    public SecretProtector Protector { get; }

    /// <summary>Opens a copy.</summary>
    /// <param name="id">The identity of the store; <see langword="null"/> for that of the first.</param>
    public static async Task<MovingStore> CreateAsync(Guid? id = null)
    {
        var template = await Filled.Value;
        var clock = new TwoClocks();
        clock.TravelTo(template.Now);
        return new MovingStore(await SqliteHarness.CreateAsync(Window, clock, folder =>
        {
            template.WriteTo(folder);
            if (id is { } other)
            {
                using var connection = new SqliteConnection($"Data Source={Path.Combine(folder, "scouthook.db")};Pooling=False");
                connection.Open();
                connection.Execute("UPDATE store SET id = @id", new { id = other.ToByteArray(bigEndian: true) });
            }
        }));
    }

    /// <summary>Copies the data directory.</summary>
    public async Task<Folder> CopyAsync()
    {
        await Store.Writer.SyncAsync();
        var copy = new Folder();
        Template.Read(Store.Folder, Clock.GetUtcNow()).WriteTo(copy.Path);
        return copy;
    }

    public async ValueTask DisposeAsync()
    {
        Protector.Dispose();
        await Store.DisposeAsync();
    }

    private static async Task<Template> FillAsync()
    {
        await using var moving = new MovingStore(await SqliteHarness.CreateAsync(Window, new TwoClocks()));
        await moving.FillOnceAsync();
        await moving.Store.Writer.SyncAsync();
        return Template.Read(moving.Store.Folder, moving.Clock.GetUtcNow());
    }

    private async Task FillOnceAsync()
    {
        await ExpireAsync();
        var crm = await EndpointAsync("crm");
        var strict = await EndpointAsync("strict", EndpointOrdering.Strict);
        var paused = await EndpointAsync("paused");
        var gone = await EndpointAsync("gone");
        await Store.DeclareAsync("It is gone.", new DesiredEndpoint(SomeEndpoint.Handler("handler"), StartPosition.Now));
        await AppendAsync();
        await Store.DispatchAllAsync(Clock.GetUtcNow());
        await DeliverAsync(crm, strict);
        var now = Clock.GetUtcNow();
        await Store.Endpoints.SetStateAsync(paused.Id, EndpointState.Paused, null, Audit("endpoint.pause"));
        await Store.Endpoints.DeleteAsync(gone.Id, _ => Audit("endpoint.delete"));
        await Store.Endpoints.ChangeSecretsAsync(
            crm.Id,
            found => SecretsChange.Store(Protector.Protect(
                Protector.Unprotect(found.Id, found.Secrets!)!.Rotate(SomeDelivery.Secret(NewSecret), now))),
            Audit("endpoint.rotate"));
        await Store.Access.AddKeyAsync(
            new ApiKey { Id = Some.Id(), Name = "a key", Role = ApiRole.Operator, CreatedAt = now, ExpiresAt = now.AddDays(9) },
            SHA256.HashData(Encoding.UTF8.GetBytes(Key)),
            Audit("key.create"));
        await Store.SourceSecrets.ChangeAsync(changes => SourceSecretEdits.Add(
            changes, [], new StoredSourceSecret("default", "0badcafe", Protector.ProtectSourceSecret(SourceSecret), now, now.AddDays(2))));

        // Its first step of several.
        await Store.Replays.CreateAsync(new ReplayRequest { EndpointId = crm.Id, EventTypes = ["convo.*"] });
        await Store.Replays.StepAsync();
        while (await Store.Statistics.CountAsync() is StepOutcome.MoreToDo)
        {
        }
    }

    /// <summary>Stores events of two months ago, most of which retention has removed.</summary>
    private async Task ExpireAsync()
    {
        var now = Clock.GetUtcNow();
        Clock.TravelTo(now.AddDays(-60));
        var early = await EndpointAsync("early");
        await Store.DeadLetterAsync(early, later: 3, at: Clock.GetUtcNow());
        await Store.DrainAsync(early, Clock.GetUtcNow());
        Clock.TravelTo(now);
        while (await Store.Retention.RemoveAsync(now, TimeSpan.FromDays(30), TimeSpan.FromDays(90)) is StepOutcome.MoreToDo)
        {
        }

        Assert.Equal(1, Store.Number("SELECT count(*) FROM retained_event"));
    }

    /// <summary>Stores one of each type, odd ones, repeats, and enough of one type for several chunks.</summary>
    private async Task AppendAsync()
    {
        foreach (var _ in new[] { "sent", "sent again" })
        {
            await Store.Inbox.AppendAsync([.. SampleEvents.All.Select(sample => Some.Received(sample))]);
        }

        var unreadable = Some.Event("convo.created", new EventFacts { State = EventState.Unreadable, StateReason = "It is no JSON." }, [0xff]);
        await Store.AppendAsync(unreadable with { Source = "second", AgedAt = Some.Instant.AddDays(3) });
        await Store.AppendAsync(Some.Event("no.such.event", Some.Facts() with { State = EventState.Unknown }, headers: """[["A","b\u0000"]]"""));
        await Store.AppendAsync(OperationalEvent.Create(OperationalEvent.DiskLow, "Little space is left.", [], Clock.GetUtcNow()));

        await Store.Inbox.AppendAsync([.. Enumerable.Range(0, 260).Select(number => Some.Event(
            "convo.tags", Some.Facts(Some.Conversation(number % 20)), receivedAt: Clock.GetUtcNow().AddSeconds(number / 10)))]);
        Clock.Pass(TimeSpan.FromMinutes(5));
    }

    /// <summary>Leaves delivered, waiting, leased, dead and discarded deliveries.</summary>
    private async Task DeliverAsync(WebhookEndpoint crm, WebhookEndpoint strict)
    {
        var now = Clock.GetUtcNow();
        foreach (var lease in await Store.LeaseAsync(crm, now, most: 15))
        {
            await Store.SettleAsync(lease, DeliveryState.Delivered, now);
        }

        foreach (var endpoint in new[] { crm, strict })
        {
            var leases = await Store.LeaseAsync(endpoint, now, most: 9);
            await Store.SettleAsync(leases[0], DeliveryState.DeadLettered, now);
            await Store.SettleAsync(leases[1], DeliveryState.Pending, now, TimeSpan.FromMinutes(1));
            await Store.SettleAsync(leases[2], DeliveryState.DeadLettered, now);
            await Store.Replays.DiscardAsync(leases[2].DeliveryId, Audit("delivery.discard"));
        }

        Assert.NotEqual(0, Store.Number("SELECT count(*) FROM delivery WHERE state = 1"));
    }

    private async Task<WebhookEndpoint> EndpointAsync(string name, EndpointOrdering ordering = EndpointOrdering.Resource)
    {
        var result = await Store.Endpoints.CreateAsync(
            SomeEndpoint.Http(name, ordering),
            Protector.Protect(new EndpointSecrets(SomeDelivery.Secret(OldSecret))),
            StartPosition.Now,
            created => Audit("endpoint.create", created.Id.ToString()));
        return result.Endpoint!;
    }

    private AuditEntry Audit(string action, string? target = null) =>
        new(Clock.GetUtcNow(), "a key", Some.Id(), action, target, """{"a":"b"}""");

    /// <summary>The files of a data directory.</summary>
    private sealed record Template(IReadOnlyDictionary<string, byte[]> Files, DateTimeOffset Now)
    {
        public static Template Read(string folder, DateTimeOffset now) => new(
            Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
                .Where(file => !file.EndsWith(".lock", StringComparison.Ordinal) && !file.EndsWith("-shm", StringComparison.Ordinal))
                .ToDictionary(file => Path.GetRelativePath(folder, file), File.ReadAllBytes),
            now);

        public void WriteTo(string folder)
        {
            Directory.CreateDirectory(Path.Combine(folder, "keys"));
            foreach (var (name, bytes) in Files)
            {
                File.WriteAllBytes(Path.Combine(folder, name), bytes);
            }
        }
    }
}
