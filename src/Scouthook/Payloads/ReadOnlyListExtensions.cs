namespace Scouthook.Payloads;

/// <summary>Keeps <see langword="null"/> away from people who go through a list.</summary>
/// <remarks>A handler that trips over a null item fails at every attempt, until Help Scout disables the webhook.</remarks>
internal static class ReadOnlyListExtensions
{
    /// <summary>The list without its null items; an empty one for none at all.</summary>
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
