using Scouthook.Management.Dashboard.Components.Controls;
using Scouthook.Management.Services.Views;

namespace Scouthook.Management.Tests;

/// <summary>The list of events of the dashboard while more arrive.</summary>
public sealed class EventRowsTests
{
    private const int Page = EventRows.PageSize;

    [Fact]
    public void New_events_push_the_oldest_out_of_a_list_of_one_page()
    {
        var rows = new EventRows();
        rows.Start(From(200));

        var isNew = rows.Update(From(203));

        Assert.True(isNew);
        Assert.Equal(Sequences(203, Page), rows.Items.Select(item => item.Sequence));
        Assert.Equal("154", rows.Next);
    }

    [Fact]
    public void Page_that_has_not_changed_is_not_rendered()
    {
        var rows = new EventRows();
        rows.Start(From(200));

        Assert.False(rows.Update(From(200)));
        rows.AddOlder(From(150));
        Assert.False(rows.Update(From(200)));
    }

    [Fact]
    public void Delivery_of_a_shown_event_is_rendered()
    {
        var rows = new EventRows();
        rows.Start(From(200));

        var isNew = rows.Update(From(200, delivered: 1));

        Assert.True(isNew);
        Assert.All(rows.Items, item => Assert.Equal(1, item.Deliveries.Delivered));
    }

    [Fact]
    public void Older_rows_stay_below_new_events_that_join_them()
    {
        var rows = new EventRows();
        rows.Start(From(200));
        rows.AddOlder(From(150));

        var isNew = rows.Update(From(249));

        Assert.True(isNew);
        Assert.Equal(Sequences(249, 149), rows.Items.Select(item => item.Sequence));
        Assert.Equal(("101", 0), (rows.Next, rows.Newer));
    }

    [Fact]
    public void Page_of_new_events_waits_for_a_reader_who_loaded_older_ones()
    {
        var rows = new EventRows();
        rows.Start(From(200));
        rows.AddOlder(From(150));

        var isNew = rows.Update(From(250));

        Assert.True(isNew && rows.HasManyNewer);
        Assert.Equal(Sequences(200, 100), rows.Items.Select(item => item.Sequence));
    }

    [Fact]
    public void Few_older_events_are_as_many_as_a_page_of_them()
    {
        var rows = new EventRows();
        rows.Start(new PageView<EventView>([Event(200)], "190"));
        rows.AddOlder(new PageView<EventView>([Event(180)], null));

        rows.Update(new PageView<EventView>([Event(201), Event(200)], "190"));

        Assert.Equal([201, 200, 180], rows.Items.Select(item => item.Sequence));
        Assert.Null(rows.Next);
    }

    [Theory]
    [InlineData(200, 0)]
    [InlineData(203, 3)]
    [InlineData(249, 49)]
    [InlineData(250, 50)]
    [InlineData(9_000, 50)]
    public void New_events_are_counted_up_to_a_page_while_the_rows_stay(long newest, int newer)
    {
        var rows = new EventRows();
        rows.Start(From(200));

        var isNew = rows.Count(From(newest));

        Assert.Equal((newer > 0, newer), (isNew, rows.Newer));
        Assert.Equal(200, rows.Newest);
    }

    [Fact]
    public void Full_list_counts_new_events_instead_of_growing()
    {
        var rows = new EventRows();
        rows.Start(From(2_000));
        while (!rows.IsFull)
        {
            rows.AddOlder(From(rows.Items[^1].Sequence - 1));
        }

        var count = rows.Items.Count;
        rows.Update(From(2_001));

        Assert.Equal((count, 1), (rows.Items.Count, rows.Newer));
    }

    [Fact]
    public void Row_stays_with_its_event()
    {
        var rows = new EventRows();
        rows.Start(From(200));
        var before = Keys(rows);

        rows.Update(From(203));

        Assert.Equal(before.Take(Page - 3), Keys(rows).Skip(3));
        Assert.Distinct(Keys(rows));
    }

    [Fact]
    public void Rows_get_other_events_when_all_are_replaced()
    {
        var rows = new EventRows();
        rows.Start(From(200));
        var before = Keys(rows);

        rows.Update(From(300));

        Assert.Equal(before, Keys(rows));
        rows.AddOlder(From(250));
        rows.AddOlder(From(200));
        Assert.Distinct(Keys(rows));
    }

    private static IReadOnlyList<int> Keys(EventRows rows) => [.. rows.Items.Select(rows.KeyOf)];

    private static PageView<EventView> From(long newest, int delivered = 0) =>
        new([.. Sequences(newest, Page).Select(sequence => Event(sequence, delivered))], $"{newest - Page + 1}");

    private static IEnumerable<long> Sequences(long newest, int count) => Enumerable.Range(0, count).Select(index => newest - index);

    private static EventView Event(long sequence, int delivered = 0) => new()
    {
        Id = new Guid((int)sequence, 0, 0, new byte[8]),
        Sequence = sequence,
        Source = "default",
        Type = "convo.status",
        State = "ok",
        StateReason = null,
        ReceivedAt = DateTimeOffset.UnixEpoch.AddSeconds(sequence),
        OccurredAt = null,
        ChangedAt = null,
        Resource = null,
        ConversationId = sequence,
        ConversationNumber = null,
        MailboxId = null,
        CustomerId = null,
        Title = "A title",
        Actor = null,
        Stale = false,
        Repeat = null,
        Repeats = 0,
        LastRepeatAt = null,
        Size = 100,
        Deliveries = new DeliveryCountsView(0, delivered, 0, 0),
    };
}
