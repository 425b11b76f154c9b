using Scouthook.Inbox.Clocks;
using Scouthook.Inbox.Model;
using Scouthook.Inbox.Statistics;

namespace Scouthook.Inbox.Tests.Statistics;

public sealed class OldestPendingTests
{
    private static readonly Guid Endpoint = Guid.CreateVersion7(Some.Instant);
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    private readonly TwoClocks _time = new();
    private readonly OldestPending _oldest;

    public OldestPendingTests() => _oldest = new OldestPending(new StoreClock(_time), _time);

    [Theory]
    [InlineData(0)]
    [InlineData(365)]
    [InlineData(-365)]
    public void Age_is_the_elapsed_time_whatever_the_wall_clock_does(int days)
    {
        var waiting = Waiting(Some.Instant);
        _oldest.Note([waiting]);
        _time.Pass(Hour);
        _time.Jump(TimeSpan.FromDays(days));
        _time.Pass(Hour);

        Assert.Equal(2 * Hour, _oldest.Age(waiting));
    }

    [Theory]
    [InlineData(365)]
    [InlineData(-365)]
    public void Delivery_created_while_the_clock_was_wrong_ages_too(int days)
    {
        _time.Jump(TimeSpan.FromDays(days));
        var waiting = Waiting(_time.GetUtcNow());
        _oldest.Note([waiting]);
        _time.Jump(TimeSpan.FromDays(-days));
        _time.Pass(Hour);
        _oldest.Note([waiting]);

        // A timestamp from the past looks like a correct one: the delivery is never shown as younger than it is.
        Assert.Equal(days > 0 ? Hour : Hour + TimeSpan.FromDays(365), _oldest.Age(waiting));
    }

    [Fact]
    public void Delivery_that_waited_before_the_process_started_keeps_its_age() =>
        Assert.Equal(3 * Hour, _oldest.Age(Waiting(Some.Instant - (3 * Hour))));

    private static StatisticsSnapshot.Waiting Waiting(DateTimeOffset since) => new(Endpoint, "crm", 1, 0, since);
}
