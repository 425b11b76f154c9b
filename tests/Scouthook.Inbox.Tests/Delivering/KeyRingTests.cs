using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Scouthook.Inbox.Delivering;
using Scouthook.Inbox.Delivering.Secrets;
using Scouthook.Inbox.Model;
using Scouthook.Inbox.Storage;
using Scouthook.Testing;

namespace Scouthook.Inbox.Tests.Delivering;

/// <summary>The effects of a lost or damaged key ring on deliveries.</summary>
public sealed class KeyRingTests : IDisposable
{
    private static readonly (string, string) Allowed = ("Scouthook:Delivery:AllowedNetworks", "127.0.0.0/8");

    private readonly Folder _folder = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    /// <remarks>This once silently used up the whole retry schedule.</remarks>
    [Theory]
    [InlineData("removed")]
    [InlineData("emptied")]
    [InlineData("cut off")]
    [InlineData("overwritten")]
    public async Task Deliveries_wait_without_using_attempts_until_the_key_ring_is_back(string damage)
    {
        await using var sink = await RecordingEndpoint.StartAsync();
        await using (var first = await InboxApp.StartAsync(_folder, null, Allowed))
        {
            await CreateAsync(first, "crm", sink.Url);
            await CreateAsync(first, "erp", sink.Url);
        }

        var whole = Damage(damage);
        var log = new LogCapture<EndpointMonitor>();
        await using var app = await InboxApp.StartAsync(
            _folder, it => it.Services.AddSingleton<ILogger<EndpointMonitor>>(log), Allowed);
        await app.ReceiveAsync(SampleEvents.Get("convo.created"));
        await app.UntilAsync("crm", DeliveryState.Pending, attempts: 0);
        await Eventually.TrueAsync(async () => (await RaisedAsync(app)).Count > 0, "the operational event is stored");
        for (var minute = 0; minute < 20; minute++)
        {
            app.Clock.Advance(TimeSpan.FromMinutes(1));
            await app.Get<EndpointMonitor>().CheckAsync(Cancel);
        }

        Assert.Equal((DeliveryState.Pending, 0), await StateAsync(app, "crm"));
        Assert.Contains("crm, erp", Assert.Single(await RaisedAsync(app)).Facts.Title, StringComparison.Ordinal);
        Assert.Contains("crm, erp", Assert.Single(log.Entries, it => it.Id == 3014).Text, StringComparison.Ordinal);
        Assert.Empty(sink.Requests);
        Assert.Null((await app.EndpointAsync("crm")).FailingSince);

        foreach (var (file, bytes) in whole)
        {
            await File.WriteAllBytesAsync(file, bytes, Cancel);
        }

        await Eventually.TrueAsync(
            async () =>
            {
                app.Clock.Advance(TimeSpan.FromSeconds(1));
                return await StateAsync(app, "crm") == (DeliveryState.Delivered, 1)
                    && await StateAsync(app, "erp") == (DeliveryState.Delivered, 1);
            },
            "both are delivered at the first attempt");
        Assert.Null(await app.Get<KeyRingCheck>().FindAsync(Cancel));
    }

    [Fact]
    public async Task Rotation_gives_an_endpoint_a_secret_under_a_new_key_ring_while_the_other_is_still_reported()
    {
        await using var sink = await RecordingEndpoint.StartAsync();
        await using (var first = await InboxApp.StartAsync(_folder, null, Allowed))
        {
            await CreateAsync(first, "crm", sink.Url);
            await CreateAsync(first, "erp", sink.Url);
        }

        Damage("removed");
        await using var app = await InboxApp.StartAsync(_folder, null, Allowed);
        await app.ReceiveAsync(SampleEvents.Get("convo.created"));
        await app.UntilAsync("crm", DeliveryState.Pending, attempts: 0);

        var secrets = app.Get<SecretProtector>().Protect(new EndpointSecrets(EndpointSecret.Generate()));
        await app.Endpoints.ChangeSecretsAsync((await app.EndpointAsync("crm")).Id, _ => SecretsChange.Store(secrets));

        await app.UntilAsync("crm", DeliveryState.Delivered);
        Assert.Equal((DeliveryState.Pending, 0), await StateAsync(app, "erp"));
        Assert.Equal(["erp"], (await app.Get<KeyRingCheck>().FindAsync(Cancel))!.Endpoints);
    }

    [Fact]
    public async Task Loss_of_the_key_ring_at_run_time_is_reported_although_its_secrets_are_still_in_memory()
    {
        await using var sink = await RecordingEndpoint.StartAsync();
        await using var app = await InboxApp.StartAsync(_folder, null, Allowed);
        await CreateAsync(app, "crm", sink.Url);
        await app.ReceiveAsync(SampleEvents.Get("convo.created"));
        await app.UntilAsync("crm", DeliveryState.Delivered);

        Damage("removed");

        Assert.Equal(["crm"], (await app.Get<KeyRingCheck>().FindAsync(Cancel))!.Endpoints);
        await app.ReceiveAsync(SampleEvents.Get("convo.tags"));
        await Eventually.TrueAsync(() => Task.FromResult(sink.Requests.Count == 2), "the event is delivered");
    }

    /// <remarks>This once threw the exception of the file access, so the management API returned 500.</remarks>
    [Theory]
    [InlineData("emptied")]
    [InlineData("cut off")]
    [InlineData("overwritten")]
    public void Damaged_key_ring_encrypts_nothing_and_gets_no_new_key(string damage)
    {
        using (var before = new SecretProtector(_folder["data/keys"]))
        {
            before.Protect(SomeDelivery.Secrets());
        }

        Damage(damage);
        using var protector = new SecretProtector(_folder["data/keys"]);

        var exception = Assert.Throws<KeyRingUnusableException>(() => protector.Protect(SomeDelivery.Secrets()));

        Assert.Contains(".xml of the key ring", exception.Message, StringComparison.Ordinal);
        Assert.Contains("Restore it from a backup", exception.Message, StringComparison.Ordinal);
        Assert.Single(Directory.GetFiles(_folder["data/keys"]));
    }

    /// <remarks>Opening it once held the caller forever, and the health check too.</remarks>
    [Fact]
    public async Task Pipe_in_the_key_ring_is_reported_as_damage()
    {
        using var protector = new SecretProtector(_folder["data/keys"]);
        protector.Protect(SomeDelivery.Secrets());
        using var make = System.Diagnostics.Process.Start("mkfifo", [_folder["data/keys/key-pipe.xml"]]);
        await make.WaitForExitAsync(Cancel);
        Assert.Equal(0, make.ExitCode);

        var protecting = Task.Run(() => protector.Protect(SomeDelivery.Secrets()), Cancel);

        var exception = await Assert.ThrowsAsync<KeyRingUnusableException>(() => protecting.WaitAsync(TimeSpan.FromMinutes(1), Cancel));
        Assert.Contains("key-pipe.xml of the key ring", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Intact_keys_still_decrypt_next_to_a_damaged_one()
    {
        byte[] stored;
        using (var before = new SecretProtector(_folder["data/keys"]))
        {
            stored = before.Protect(SomeDelivery.Secrets());
        }

        File.WriteAllText(_folder["data/keys/key-damaged.xml"], "<key");
        using var protector = new SecretProtector(_folder["data/keys"]);

        Assert.NotNull(protector.Unprotect(Guid.CreateVersion7(Some.Instant), stored));
        Assert.Equal([true], protector.CanDecrypt([stored]));
        Assert.NotNull(protector.FindDamage());
    }

    [Fact]
    public void Secret_encrypted_after_the_key_ring_was_lost_can_be_decrypted_after_a_restart()
    {
        using var protector = new SecretProtector(_folder["data/keys"]);
        var old = protector.Protect(SomeDelivery.Secrets());
        Damage("removed");
        var stored = protector.Protect(SomeDelivery.Secrets());

        using var next = new SecretProtector(_folder["data/keys"]);

        Assert.Equal([false, true], next.CanDecrypt([old, stored]));
    }

    private static async Task CreateAsync(InboxApp app, string name, Uri url)
    {
        var (outcome, _) = await app.Endpoints.CreateAsync(
            new EndpointDefinition { Name = name, Kind = EndpointKind.Http, Url = url },
            app.Get<SecretProtector>().Protect(new EndpointSecrets(EndpointSecret.Generate())),
            StartPosition.Now);
        Assert.Equal(EndpointOutcome.Done, outcome);
    }

    private static async Task<(DeliveryState State, int Attempts)> StateAsync(InboxApp app, string name)
    {
        var delivery = Assert.Single(await app.DeliveriesAsync(name));
        return (delivery.State, delivery.Attempts);
    }

    private static async Task<List<StoredEvent>> RaisedAsync(InboxApp app) =>
    [
        .. (await app.Get<IEventHistory>().ListAsync(new EventQuery { Source = OperationalEvent.Source }, Cancel)).Items
            .Where(it => it.EventType == "scouthook.keys.unreadable"),
    ];

    /// <returns>The original files.</returns>
    private List<(string File, byte[] Bytes)> Damage(string damage)
    {
        var whole = Directory.GetFiles(_folder["data/keys"]).Select(file => (file, File.ReadAllBytes(file))).ToList();
        foreach (var (file, bytes) in whole)
        {
            switch (damage)
            {
                case "removed":
                    File.Delete(file);
                    break;
                case "emptied":
                    File.WriteAllBytes(file, []);
                    break;
                case "cut off":
                    File.WriteAllBytes(file, bytes[..(bytes.Length / 2)]);
                    break;
                default:
                    File.WriteAllText(file, "<something><else/></something>");
                    break;
            }
        }

        return whole;
    }
}
