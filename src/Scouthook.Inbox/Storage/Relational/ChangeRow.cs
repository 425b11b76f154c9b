using Scouthook.Inbox.Model;

namespace Scouthook.Inbox.Storage.Relational;

/// <summary>One row of <c>change</c>: all events of a commit, or an attempt.</summary>
internal sealed record ChangeRow(long Id, long Ids, long? Sequence, long? DeliveryId, long? Number)
{
    public const string Columns = "change_id, ids, sequence, delivery_id, number";

    private long Last => Id + Ids - 1;

    public static ChangeRow Read(IRow row) =>
        new(row.GetInt64(0), row.GetInt64(1), row.NumberOrNull(2), row.NumberOrNull(3), row.NumberOrNull(4));

    /// <summary>Makes a page of rows; what has been removed meanwhile is left out.</summary>
    /// <param name="rows">The rows, from the one that contains the position on.</param>
    /// <param name="first">The first change that is still there.</param>
    /// <param name="after">The position that the page follows.</param>
    /// <param name="limit">The number of changes after which no further row is used.</param>
    /// <param name="findAttempts">Finds attempts with their deliveries, by delivery and number.</param>
    /// <param name="findEvents">Finds the events from one sequence to below another.</param>
    public static ChangePage ToPage(
        IEnumerable<ChangeRow> rows,
        long? first,
        long after,
        int limit,
        Func<IReadOnlyCollection<long>, Func<long, long, (Delivery, Attempt)?>> findAttempts,
        Func<long, long, IEnumerable<StoredEvent>> findEvents)
    {
        var following = rows.Where(row => row.Last > after).ToList();
        var attempts = findAttempts([.. following.Select(row => row.DeliveryId).OfType<long>().Distinct()]);
        var changes = new List<Change>();
        var through = after;
        foreach (var row in following)
        {
            if (row.Sequence is { } sequence)
            {
                var skipped = Math.Max(0, after + 1 - row.Id);
                changes.AddRange(findEvents(sequence + skipped, sequence + row.Ids)
                    .Select(found => new Change(row.Id + found.Sequence - sequence, found, null, null)));
            }
            else if (attempts(row.DeliveryId!.Value, row.Number!.Value) is (var delivery, var attempt))
            {
                changes.Add(new Change(row.Id, null, delivery, attempt));
            }

            through = row.Last;
            if (changes.Count >= limit)
            {
                break;
            }
        }

        return new ChangePage(changes, through, first is { } kept && kept > after + 1 && after > 0);
    }
}
