using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Scouthook.Events;
using Scouthook.Inbox.Delivering.Secrets;
using Scouthook.Inbox.Model;
using Scouthook.Testing;

namespace Scouthook.Inbox.Tests.Reconciling;

public sealed class EndpointReconcilerTests : IDisposable
{
    private const string First = "the-first-secret-of-all";
    private const string Second = "the-second-secret-of-all";

    private readonly Folder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Unnamed_and_duplicate_handlers_prevent_startup_and_are_all_listed()
    {
        await using var app = InboxApp.Create(_folder, it => it
            .AddHandler<TagCreated>((_, _) => Task.CompletedTask)
            .AddHandler<TagDeleted>((_, _, _) => Task.CompletedTask)
            .AddHandler<TagCreated>("mail", (_, _, _) => Task.CompletedTask)
            .AddHandler<TagDeleted>("Mail", (_, _, _) => Task.CompletedTask)
            .AddHandler<TagUpdated>("shop", (_, _, _) => Task.CompletedTask));

        var exception = await Assert.ThrowsAsync<OptionsValidationException>(app.StartAsync);

        Assert.Collection(
            exception.Failures,
            it => Assert.StartsWith("a lambda for TagCreated has no name.", it, StringComparison.Ordinal),
            it => Assert.StartsWith("a lambda for TagDeleted has no name.", it, StringComparison.Ordinal),
            it => Assert.StartsWith("2 handlers are named mail.", it, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Handler_no_longer_registered_keeps_its_pending_deliveries_until_registered_again()
    {
        await using (var app = await InboxApp.StartAsync(_folder, Registered))
        {
            await app.ReceiveAsync(SampleEvents.Get("tag.created"));
            await app.UntilAsync("mail", DeliveryState.Delivered);
        }

        await using (var app = await InboxApp.StartAsync(_folder))
        {
            var gone = await app.EndpointAsync("mail");
            Assert.Equal(
                (EndpointState.Disabled, "The app does not register it any more."), (gone.State, gone.StateReason));
            await app.ReceiveAsync(SampleEvents.Get("tag.updated"));
            await app.UntilAsync("mail", DeliveryState.Pending, attempts: 0);
        }

        await using (var app = await InboxApp.StartAsync(_folder, Registered))
        {
            await app.UntilAsync("mail", DeliveryState.Delivered);
            Assert.Equal(2, (await app.DeliveriesAsync("mail")).Count);
        }

        static void Registered(Microsoft.Extensions.DependencyInjection.IScouthookBuilder builder) =>
            builder.AddHandler<HelpScoutEvent>("mail", (_, _, _) => Task.CompletedTask);
    }

    [Fact]
    public async Task Configured_secret_is_stored_encrypted_and_changing_it_starts_a_rotation()
    {
        await using var app = await InboxApp.StartAsync(_folder, null, Endpoint(("Secret", First)));
        var before = await app.EndpointAsync("crm");

        app.Configure("Scouthook:Endpoints:crm:Secret", Second);
        await Eventually.TrueAsync(
            async () => !(await app.EndpointAsync("crm")).Secrets!.SequenceEqual(before.Secrets!),
            "the secrets have changed");

        var after = await app.EndpointAsync("crm");
        var secrets = app.Get<SecretProtector>().Unprotect(after.Id, after.Secrets!)!;
        var earlier = Assert.Single(secrets.Earlier);
        Assert.Equal((First, Second), (earlier.Secret.Text, secrets.Current.Text));
        Assert.Equal(Some.Instant.AddHours(24), earlier.EndsAt);
        Assert.DoesNotContain(First, System.Text.Encoding.Latin1.GetString(before.Secrets!), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Same_secret_after_a_restart_is_no_rotation()
    {
        byte[] before;
        await using (var app = await InboxApp.StartAsync(_folder, null, Endpoint(("Secret", First))))
        {
            before = (await app.EndpointAsync("crm")).Secrets!;
        }

        await using var again = await InboxApp.StartAsync(_folder, null, Endpoint(("Secret", First)));

        Assert.Equal(before, (await again.EndpointAsync("crm")).Secrets!);
    }

    [Fact]
    public async Task Generated_secret_is_not_replaced_while_the_key_ring_is_missing()
    {
        byte[] before;
        await using (var app = await InboxApp.StartAsync(_folder, null, Endpoint()))
        {
            before = (await app.EndpointAsync("crm")).Secrets!;
        }

        Directory.Move(_folder["data/keys"], _folder["away"]);
        await using (var app = await InboxApp.StartAsync(_folder, null, Endpoint()))
        {
            Assert.Equal(before, (await app.EndpointAsync("crm")).Secrets!);
        }
    }

    [Fact]
    public async Task Endpoint_removed_from_the_configuration_is_disabled_until_it_is_declared_again()
    {
        await using (var app = await InboxApp.StartAsync(_folder, null, Endpoint(("Ordering", "strict"))))
        {
            app.Configure("Scouthook:Endpoints:crm:Url", "no address");
            app.Configure("Scouthook:Endpoints:crm:Url", "https://shop.example.com/hook");
            await Eventually.TrueAsync(
                async () => (await app.EndpointAsync("crm")).Definition.Url!.Host == "shop.example.com", "the URL has changed");
            var changed = await app.EndpointAsync("crm");
            Assert.Equal((EndpointState.Enabled, EndpointOrdering.Strict), (changed.State, changed.Definition.Ordering));
        }

        await using (var without = await InboxApp.StartAsync(_folder))
        {
            Assert.Equal(
                "The configuration does not declare it any more.", (await without.EndpointAsync("crm")).StateReason);
        }

        await using var again = await InboxApp.StartAsync(_folder, null, Endpoint());
        Assert.Equal(EndpointState.Enabled, (await again.EndpointAsync("crm")).State);
    }

    private static (string, string)[] Endpoint(params (string Member, string Value)[] members) =>
    [
        .. members.Prepend(("Url", "https://crm.example.com/helpscout"))
            .Select(it => ($"Scouthook:Endpoints:crm:{it.Item1}", it.Item2)),
    ];
}
