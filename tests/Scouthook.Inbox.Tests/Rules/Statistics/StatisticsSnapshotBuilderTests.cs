using System.Globalization;
using Scouthook.Inbox.Model;
using Scouthook.Inbox.Rules;

namespace Scouthook.Inbox.Tests.Rules.Statistics;

public sealed class StatisticsSnapshotBuilderTests
{
    private static readonly DateTimeOffset At = new(2026, 3, 2, 10, 0, 0, TimeSpan.Zero);

    private readonly StatisticsSnapshotBuilder _builder = new(At, At.AddHours(1), StatisticsResolution.All[0]);

    [Fact]
    public void Types_have_a_number_for_each_bucket_of_the_series()
    {
        _builder.AddEvents(At.AddMinutes(1), "default", "convo.tags", 0, 3);
        _builder.AddEvents(At.AddMinutes(1), "second", "convo.tags", 1, 4);
        _builder.AddDelivered(At.AddMinutes(5), "default", "convo.tags", 2);
        _builder.AddEvents(At.AddMinutes(3), "default", "tag.created", 0, 1);

        var snapshot = _builder.Build();

        Assert.Equal([1, 3, 5], snapshot.Series.Select(moment => (moment.At - At).TotalMinutes));
        Assert.Equal([(7L, 0L), (1, 0), (0, 2)], snapshot.Series.Select(moment => (moment.Events, moment.Delivered)));
        Assert.Equal(["convo.tags", "tag.created"], snapshot.Types.Select(type => type.EventType));
        Assert.Equal([7, 0, 0], snapshot.Types[0].Events);
        Assert.Equal([0, 0, 2], snapshot.Types[0].Delivered);
        Assert.Equal([0, 1, 0], snapshot.Types[1].Events);
    }

    [Fact]
    public void However_many_types_there_are_the_answer_has_forty_and_the_rest()
    {
        for (var type = 1; type <= 100; type++)
        {
            _builder.AddEvents(At, "default", string.Create(CultureInfo.InvariantCulture, $"custom.{type}"), 0, type);
        }

        var types = _builder.Build().Types;

        Assert.Equal(StatisticsSnapshot.MaxTypes + 1, types.Count);
        Assert.Equal(("custom.100", 100), (types[0].EventType, types[0].Events[0]));
        Assert.Equal((null, 60 * 61 / 2), (types[^1].EventType, types[^1].Events[0]));
    }

    [Fact]
    public void Operational_events_are_counted_but_not_part_of_the_series()
    {
        _builder.AddEvents(At, OperationalEvent.Source, OperationalEvent.DiskLow, 0, 1);
        _builder.AddDelivered(At, OperationalEvent.Source, OperationalEvent.DiskLow, 1);

        var snapshot = _builder.Build();

        Assert.Equal(1, Assert.Single(snapshot.Events).Events);
        Assert.Equal(1, Assert.Single(snapshot.Delivered).Deliveries);
        Assert.Empty(snapshot.Series);
        Assert.Empty(snapshot.Types);
    }
}
