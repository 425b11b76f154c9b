using System.Text;
using Scouthook.Inbox.Model;
using Scouthook.Inbox.Storage;

namespace Scouthook.Inbox.Tests.Storage;

/// <summary>The contract of every store for cursors that no list has returned.</summary>
public abstract class CursorContract : StoreContract
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>Texts that users might type or cut off.</summary>
    public static TheoryData<string> NoCursors =>
    [
        "", " ", "1", "x", "next", "%", "ä", "null", "-1", "==", Encoded(""), Encoded("1"), Encoded("s"), Encoded("x1"), Encoded("s-1"),
        Encoded("s1x"), Encoded("s 1"), Encoded("s99999999999999999999"), Encoded(new string('1', 500)), new string('a', 10_000),
    ];

    [Theory]
    [MemberData(nameof(NoCursors))]
    public async Task Text_that_is_no_cursor_is_rejected_by_every_list(string text)
    {
        await AssertRejectedAsync(text);

        await FillAsync();
        await AssertRejectedAsync(text);
    }

    [Fact]
    public async Task Text_that_is_no_cursor_is_rejected_even_if_nothing_could_match()
    {
        await FillAsync();

        await RejectedAsync(() => Store.History.ListAsync(new EventQuery { EventTypes = ["nothing.*"], Cursor = "x" }, Cancel));
        await RejectedAsync(() => Store.History.ListAsync(new EventQuery { Source = "nothing", Cursor = "x" }, Cancel));
        await RejectedAsync(() => Store.History.ListAsync(new EventQuery { Text = "nothing", Cursor = "x" }, Cancel));
        await RejectedAsync(() => Store.Deliveries.ListAsync(new DeliveryQuery { EventTypes = ["nothing.*"], Cursor = "x" }, Cancel));
        await RejectedAsync(() => Store.Deliveries.ListAsync(new DeliveryQuery { EndpointId = Some.Id(), Cursor = "x" }, Cancel));
        await RejectedAsync(() => Store.Deliveries.ListAsync(new DeliveryQuery { State = DeliveryState.Leased, Cursor = "x" }, Cancel));
    }

    [Fact]
    public async Task Cursor_of_each_list_continues_it_after_a_reopening()
    {
        await FillAsync();
        var events = (await Store.History.ListAsync(new EventQuery { Limit = 1 }, Cancel)).Next;
        var deliveries = (await Store.Deliveries.ListAsync(new DeliveryQuery { Limit = 1 }, Cancel)).Next;
        var replays = (await Store.Replays.ListAsync(null, 1, Cancel)).Next;
        var audit = (await Store.Access.ListAuditAsync(null, 1, Cancel)).Next;

        await Store.ReopenAsync();

        Assert.Single((await Store.History.ListAsync(new EventQuery { Cursor = events }, Cancel)).Items);
        Assert.Single((await Store.Deliveries.ListAsync(new DeliveryQuery { Cursor = deliveries }, Cancel)).Items);
        Assert.Single((await Store.Replays.ListAsync(replays, 10, Cancel)).Items);
        Assert.Single((await Store.Access.ListAuditAsync(audit, 10, Cancel)).Items);
    }

    private static string Encoded(string text) =>
        Convert.ToBase64String(Encoding.ASCII.GetBytes(text)).TrimEnd('=').Replace('+', '-').Replace('/', '_');

    private static async Task RejectedAsync(Func<Task> list) => await Assert.ThrowsAsync<InvalidCursorException>(list);

    private async Task AssertRejectedAsync(string text)
    {
        await RejectedAsync(() => Store.History.ListAsync(new EventQuery { Cursor = text }, Cancel));
        await RejectedAsync(() => Store.Deliveries.ListAsync(new DeliveryQuery { Cursor = text }, Cancel));
        await RejectedAsync(() => Store.Replays.ListAsync(text, 10, Cancel));
        await RejectedAsync(() => Store.Access.ListAuditAsync(text, 10, Cancel));
    }

    /// <summary>Two items for each list.</summary>
    private async Task FillAsync()
    {
        var endpoint = await Store.CreateAsync();
        for (var number = 1; number <= 2; number++)
        {
            await Store.AppendAsync(number);
            await Store.Replays.CreateAsync(new ReplayRequest { EndpointId = endpoint.Id, EventTypes = ["*"] });
            await Store.Access.RecordAsync(new AuditEntry(Some.Instant, "admin", null, "test", null, null));
        }

        await Store.DispatchAllAsync();
    }
}
