namespace Scouthook.Payloads;

/// <summary>Protects code that enumerates a list from <see langword="null"/>.</summary>
/// <remarks>
/// A handler that fails at a null item fails at every attempt, until Help Scout disables the webhook.
/// </remarks>
internal static class ReadOnlyListExtensions
{
    /// <summary>Returns the list without its null items; an empty one for <see langword="null"/>.</summary>
    public static IReadOnlyList<T> OrEmpty<T>(this IReadOnlyList<T>? list)
        where T : class
    {
        if (list is null)
        {
            return [];
        }

        for (var index = 0; index < list.Count; index++)
        {
            if (list[index] is null)
            {
                return [.. list.Where(item => item is not null)];
            }
        }

        return list;
    }
}
