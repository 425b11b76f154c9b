using System.Collections.Concurrent;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Scouthook.Events;
using Scouthook.Inbox.Model;
using Scouthook.Testing;
using Scouthook.TestSupport.Payloads;

namespace Scouthook.Inbox.Tests.Delivering;

/// <summary>Bodies with one member in an undocumented form, through an inbox to a typed handler.</summary>
public sealed class TolerantReadingTests : IDisposable
{
    /// <summary>Only one in this many bodies is stored here; the tests without an inbox read all of them.</summary>
    private const int Step = 8;

    private readonly Folder _folder = new();

    public static TheoryData<string> Names =>
        [.. HelpScoutEventCatalog.All.Where(type => !type.IsDeletion).Select(type => type.Name)];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void More_than_300_bodies_are_tested() =>
        Assert.InRange(Names.Sum(name => Bodies(name.Data).Count), 300, 100_000);

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Handler_gets_the_event_with_the_value_or_its_raw_JSON(string name)
    {
        var bodies = Bodies(name);
        var handled = new ConcurrentQueue<HelpScoutEvent>();
        var eventClrType = HelpScoutEventCatalog.Find(name)!.EventClrType;
        await using var app = await InboxApp.StartAsync(_folder, it => it.AddHandler<HelpScoutEvent>("all", (received, _, _) =>
        {
            handled.Enqueue(received);
            return Task.CompletedTask;
        }));

        await Task.WhenAll(bodies.Select(odd => app.ReceiveAsync(Some.Outgoing(name, odd.Body))));
        await Eventually.TrueAsync(() => Task.FromResult(handled.Count == bodies.Count), $"all {bodies.Count} bodies are handled");

        var byBody = handled.ToDictionary(it => Encoding.UTF8.GetString(it.Body.Span));
        Assert.All(bodies, odd =>
        {
            var seen = byBody[odd.Body];
            Assert.IsType(eventClrType, seen);
            Assert.Equal(odd.Reported ? [odd.Pointer] : [], seen.UnreadMembers);
            Assert.True(
                odd.Value is { } value
                    ? TypedMembers.Of(seen.Payload).Values.Any(it => TypedMembers.Text(it) == value)
                    : TypedMembers.ExtensionData(seen.Payload).Any(it =>
                        it.Key.EndsWith($".{odd.Member}", StringComparison.Ordinal)
                        && it.Value.GetRawText().Contains(odd.Raw!, StringComparison.Ordinal)),
                $"{odd} can be reached.");
        });
        Assert.All(await app.DeliveriesAsync("all"), delivery => Assert.NotEqual(DeliveryState.DeadLettered, delivery.State));
    }

    private static List<OddBody> Bodies(string name) =>
    [
        .. OddBody.Of(name, JsonNode.Parse(SampleEvents.Get(name).Body.Span)!.AsObject())
            .DistinctBy(odd => odd.Body).Where((_, index) => index % Step == 0),
    ];
}
