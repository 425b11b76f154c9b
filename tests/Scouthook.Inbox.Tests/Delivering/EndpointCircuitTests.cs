using Scouthook.Inbox.Delivering.Scheduling;
using Scouthook.Inbox.Model;
using Scouthook.Inbox.Tests.Storage;

namespace Scouthook.Inbox.Tests.Delivering;

public sealed class EndpointCircuitTests
{
    private readonly EndpointCircuit _circuit = new();

    [Fact]
    public void Five_consecutive_failures_over_ten_seconds_open_the_circuit()
    {
        Assert.All([0, 1, 2, 3], second => Assert.False(_circuit.Fail(At(second))));
        Assert.False(_circuit.Fail(At(9)));
        Assert.Equal(10, _circuit.MaxConcurrency(10, At(9)));

        Assert.True(_circuit.Fail(At(10)));

        Assert.Equal(At(11), _circuit.ProbeAt);
        Assert.Equal(0, _circuit.MaxConcurrency(10, At(10.9)));
        Assert.Equal(1, _circuit.MaxConcurrency(10, At(11)));
    }

    [Fact]
    public void Four_failures_never_open_the_circuit_however_long_they_take()
    {
        Assert.All([0, 1_000, 2_000, 3_000], second => Assert.False(_circuit.Fail(At(second))));
        Assert.True(_circuit.Fail(At(4_000)));
    }

    [Fact]
    public void Success_in_between_keeps_the_circuit_closed()
    {
        for (var second = 0; second < 100; second++)
        {
            Assert.False(second % 5 == 4 ? _circuit.Succeed() : _circuit.Fail(At(second)));
        }

        Assert.Null(_circuit.ProbeAt);
    }

    [Fact]
    public void Failed_probes_back_off_up_to_thirty_seconds()
    {
        var now = Open();
        var pauses = new List<double>();
        for (var probe = 0; probe < 7; probe++)
        {
            pauses.Add((_circuit.ProbeAt!.Value - now).TotalSeconds);
            now = _circuit.ProbeAt.Value;
            Assert.False(_circuit.Fail(now));
        }

        Assert.Equal([1, 2, 4, 8, 16, 30, 30], pauses);
    }

    [Fact]
    public void Probe_that_is_asked_for_starts_at_once_and_restarts_the_pauses()
    {
        _circuit.ProbeNow(At(0));
        Assert.Null(_circuit.ProbeAt);
        Open();
        Assert.False(_circuit.Fail(_circuit.ProbeAt!.Value));
        var now = _circuit.ProbeAt.Value - TimeSpan.FromSeconds(1);

        _circuit.ProbeNow(now);

        Assert.Equal(1, _circuit.MaxConcurrency(10, now));
        Assert.False(_circuit.Fail(now));
        Assert.Equal(now + TimeSpan.FromSeconds(2), _circuit.ProbeAt);
    }

    [Fact]
    public void Successful_probe_closes_the_circuit_and_restarts_the_count()
    {
        var now = Open();

        Assert.True(_circuit.Succeed());

        Assert.Equal(10, _circuit.MaxConcurrency(10, now));
        Assert.False(_circuit.Fail(now + TimeSpan.FromHours(1)));
        Assert.Null(_circuit.ProbeAt);
    }

    [Fact]
    public async Task Endpoint_that_is_down_gets_one_probe_at_a_time_until_one_succeeds()
    {
        var (work, _) = await WorkSetup.StartAsync();
        await using var disposed = work;
        for (var conversation = 0; conversation < 5; conversation++)
        {
            await work.OweAsync(conversation);
        }

        // Four fail now and one ten seconds later; deliveries pending in between wait for the probe.
        var running = new List<ScriptedAttempt>();
        for (var count = 0; count < 5; count++)
        {
            running.Add(await work.Destination.NextAsync());
        }

        foreach (var attempt in running.Take(4))
        {
            attempt.End(AttemptOutcome.ConnectionFailed, TimeSpan.FromHours(2));
            await work.Queue.SettledAsync();
        }

        work.Clock.Advance(TimeSpan.FromSeconds(10));
        running[4].End(AttemptOutcome.ConnectionFailed, TimeSpan.FromHours(2));
        var down = (await work.Queue.SettledAsync()).At;
        for (var conversation = 10; conversation < 13; conversation++)
        {
            await work.OweAsync(conversation);
        }

        Assert.False(work.Destination.HasNext);
        await work.Clock.ReachAsync(down.AddSeconds(1));
        var probe = await work.Destination.NextAsync();
        Assert.Single(await work.Store.DeliveriesAsync(state: DeliveryState.Leased));
        probe.End(AttemptOutcome.ConnectionFailed);
        await work.Queue.SettledAsync();
        await work.Clock.ReachAsync(down.AddSeconds(3));
        var second = await work.Destination.NextAsync();
        Assert.Single(await work.Store.DeliveriesAsync(state: DeliveryState.Leased));

        second.End(AttemptOutcome.Delivered);
        await work.Destination.NextAsync();
        Assert.Equal([3007, 3008], work.Log.Entries.Select(it => it.Id));
    }

    private static TimeSpan At(double second) => TimeSpan.FromSeconds(second);

    private TimeSpan Open()
    {
        for (var second = 0; second < 4; second++)
        {
            _circuit.Fail(At(second));
        }

        Assert.True(_circuit.Fail(At(10)));
        return At(10);
    }
}
