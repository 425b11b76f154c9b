using Scouthook.Inbox.Model;
using Scouthook.Inbox.Storage;

namespace Scouthook.Inbox.Tests.Storage.Memory;

/// <summary>Pages of the lists in memory.</summary>
internal static class MemoryCursor
{
    public static long? Read(MemoryData data, string? cursor)
    {
        try
        {
            return PositionCursor.Read(cursor);
        }
        catch (InvalidCursorException) when (data.Has(MemoryMistake.IgnoresInvalidCursors))
        {
            return null;
        }
    }

    /// <summary>Makes a page of all items, oldest first.</summary>
    public static Page<T> Page<T>(MemoryData data, IEnumerable<(long Position, T Item)> all, string? cursor, int limit)
    {
        var before = Read(data, cursor) ?? long.MaxValue;
        return PositionCursor.Page([.. all.Reverse().Where(item => item.Position < before).Take(limit + 1)], limit);
    }
}
