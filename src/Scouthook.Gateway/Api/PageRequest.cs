using Scouthook.Gateway.Api.Contracts;
using Scouthook.Gateway.Api.Describing;

namespace Scouthook.Gateway.Api;

/// <summary>Which page of a list is asked for.</summary>
/// <param name="Before">The place that the page begins after; <see langword="null"/>: the first page.</param>
/// <param name="Limit">The most items.</param>
internal readonly record struct PageRequest(long? Before, int Limit)
{
    private const int Usual = 50;
    private const int Most = 500;

    /// <summary>The largest page that may be asked for.</summary>
    public static PageRequest Largest => new(null, Most);

    public static IReadOnlyList<ApiInput> Inputs { get; } = [ApiInput.Cursor, ApiInput.Limit(Usual, Most)];

    public static PageRequest Read(QueryReader reader) => new(
        reader.Value<long>("cursor", Cursor.TryRead, "must be the next of the page before."), reader.Limit(Usual, Most));

    /// <summary>A page out of a list that was read with one item more than asked for, to see whether there is more.</summary>
    public PageJson<TJson> Page<T, TJson>(IReadOnlyList<T> read, Func<T, TJson> write, Func<T, long> place) => new(
        [.. read.Take(Limit).Select(write)],
        read.Count > Limit ? Cursor.Write(place(read[Limit - 1])) : null);
}
