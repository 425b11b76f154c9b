using Scouthook.Management.Services.Views;

namespace Scouthook.Management.Dashboard.Components.Controls;

/// <summary>The rows of a list of events while more arrive.</summary>
/// <remarks>
/// Until the reader asks for older events, the list is the newest page: an update costs one page, however many events arrive.
/// After that, rows stay where they are. New ones are added on top as long as they join the others without a gap; otherwise
/// they wait for the reader.
/// </remarks>
internal sealed class EventRows
{
    public const int PageSize = 50;

    /// <summary>The most rows that a browser gets.</summary>
    private const int MaxRows = 1_000;

    private List<EventView> _items = [];
    private Dictionary<Guid, int> _keys = [];
    private int _lastKey;

    public IReadOnlyList<EventView> Items => _items;

    /// <summary>The cursor of the events after the last row; <see langword="null"/> if there are none.</summary>
    public string? Next { get; private set; }

    /// <summary>The number of newer events that are not shown. A page of them stands for any larger number.</summary>
    public int Newer { get; private set; }

    public bool HasManyNewer => Newer >= PageSize;

    /// <summary>True once the reader has older events than the newest page.</summary>
    public bool IsLong { get; private set; }

    public bool IsFull => _items.Count >= MaxRows;

    public long Newest => _items.Count > 0 ? _items[0].Sequence : 0;

    public void Clear() => Start(new PageView<EventView>([], null));

    /// <summary>Shows the newest page only.</summary>
    public void Start(PageView<EventView> newest)
    {
        Show([.. newest.Items]);
        (Next, Newer, IsLong) = (newest.Next, 0, false);
    }

    /// <summary>Returns the key of the row of an event.</summary>
    /// <remarks>
    /// A row stays with its event, unless all events are replaced: then each row gets another event. A browser changes the text of
    /// a page of rows at a fraction of what it takes to create one.
    /// </remarks>
    public int KeyOf(EventView item) => _keys[item.Id];

    /// <summary>Shows the newest page, and keeps older rows where they are.</summary>
    /// <returns>True if there is something new to show.</returns>
    public bool Update(PageView<EventView> newest)
    {
        if (IsLong)
        {
            return Joins(newest) && !IsFull ? Merge(newest.Items) : Count(newest);
        }

        var isSame = Newer == 0 && Next == newest.Next && _items.SequenceEqual(newest.Items);
        Start(newest);
        return !isSame;
    }

    /// <summary>Counts the events of the newest page that are not shown, and leaves the rows alone.</summary>
    /// <returns>True if their number has changed.</returns>
    public bool Count(PageView<EventView> newest)
    {
        var before = Newer;
        Newer = Joins(newest) ? newest.Items.Count(item => item.Sequence > Newest) : PageSize;
        return Newer != before;
    }

    /// <summary>True if no event is missing between a page and the rows.</summary>
    public bool Joins(PageView<EventView> page) =>
        page.Next is null || page.Items.Count < PageSize || page.Items[^1].Sequence <= Newest;

    /// <summary>Puts events that join the rows on top of them.</summary>
    /// <returns>True if there is something new to show.</returns>
    public bool Merge(IReadOnlyList<EventView> newest)
    {
        var oldest = newest.Count > 0 ? newest[^1].Sequence : long.MaxValue;
        List<EventView> merged = [.. newest, .. _items.Where(item => item.Sequence < oldest)];
        var isSame = Newer == 0 && merged.SequenceEqual(_items);
        Show(merged);
        (Newer, IsLong) = (0, IsLong || merged.Count > PageSize);
        return !isSame;
    }

    public void AddOlder(PageView<EventView> older)
    {
        Show([.. _items, .. older.Items]);
        (Next, IsLong) = (older.Next, true);
    }

    private void Show(List<EventView> items)
    {
        var areAllReplaced = !items.Exists(item => _keys.ContainsKey(item.Id));
        var keys = new Dictionary<Guid, int>(items.Count);
        for (var index = 0; index < items.Count; index++)
        {
            keys[items[index].Id] = areAllReplaced && index < _items.Count ? _keys[_items[index].Id]
                : _keys.TryGetValue(items[index].Id, out var key) ? key
                : ++_lastKey;
        }

        (_items, _keys) = (items, keys);
    }
}
