namespace Scouthook.AspNetCore.Configuring;

/// <summary>The path passed to <c>MapScouthook</c>, if any.</summary>
internal sealed class DefaultSourcePath
{
    public string? Pattern { get; private set; }

    /// <returns>Whether that is new.</returns>
    /// <exception cref="InvalidOperationException">Another path was set before.</exception>
    public bool Set(string pattern)
    {
        if (Pattern is { } before && before != pattern)
        {
            throw new InvalidOperationException(
                $"MapScouthook was called with both {before} and {pattern}, but the default source has only one path.");
        }

        var isNew = Pattern is null;
        Pattern = pattern;
        return isNew;
    }
}
