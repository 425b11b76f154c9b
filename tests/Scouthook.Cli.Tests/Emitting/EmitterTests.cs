using Microsoft.Extensions.Time.Testing;
using Scouthook.Cli.Emitting;
using Scouthook.Cli.Tests.Support;
using Scouthook.Testing;
using static Scouthook.Cli.Tests.Support.ScouthookProcess;

namespace Scouthook.Cli.Tests.Emitting;

public sealed class EmitterTests
{
    [Fact]
    public async Task Rate_spaces_the_events_evenly()
    {
        var clock = new FakeTimeProvider();
        await using var receiver = await Receiver.StartAsync();
        using var client = new HelpScoutClient(new Uri(receiver.Address), Secret, clock);
        var cancelled = TestContext.Current.CancellationToken;
        var arrivals = receiver.Arrivals.Reader;

        var emitting = new Emitter(client, clock).EmitAsync(
            Enumerable.Repeat<OutgoingEvent>("tag.deleted", 3), rate: 10, _ => { }, cancelled);

        await arrivals.ReadAsync(cancelled);
        for (var sent = 1; sent < 3; sent++)
        {
            clock.Advance(TimeSpan.FromMilliseconds(99));
            Assert.False(arrivals.TryRead(out _));
            clock.Advance(TimeSpan.FromMilliseconds(1));
            await arrivals.ReadAsync(cancelled);
        }

        await emitting;
    }

    [Fact]
    public async Task Slow_answers_do_not_lower_the_rate()
    {
        var clock = new FakeTimeProvider();
        var release = new TaskCompletionSource();
        await using var receiver = await Receiver.StartAsync((_, _) => release.Task);
        using var client = new HelpScoutClient(new Uri(receiver.Address), Secret, clock);
        var cancelled = TestContext.Current.CancellationToken;
        var results = new List<SendResult>();

        var emitting = new Emitter(client, clock).EmitAsync(
            Enumerable.Repeat<OutgoingEvent>("tag.deleted", 3), rate: 1, results.Add, cancelled);
        await receiver.Arrivals.Reader.ReadAsync(cancelled);
        for (var sent = 1; sent < 3; sent++)
        {
            clock.Advance(TimeSpan.FromSeconds(1));
            await receiver.Arrivals.Reader.ReadAsync(cancelled);
        }

        Assert.Empty(results);
        release.SetResult();
        await emitting;
        Assert.Equal(3, results.Count(result => result.Accepted));
    }
}
