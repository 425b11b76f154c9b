using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;

namespace Scouthook.AsyncApi;

/// <summary>A version of the AsyncAPI specification that the contract is written in.</summary>
public sealed class AsyncApiVersion
{
    private readonly string _text;

    private AsyncApiVersion(string text) => _text = text;

    /// <summary>AsyncAPI 2.6.0, which more tools support.</summary>
    public static AsyncApiVersion V260 { get; } = new("2.6.0");

    /// <summary>AsyncAPI 3.0.0.</summary>
    public static AsyncApiVersion V300 { get; } = new("3.0.0");

    /// <summary>All versions, oldest first.</summary>
    public static ImmutableArray<AsyncApiVersion> All { get; } = [V260, V300];

    /// <summary>Finds a version by its number.</summary>
    /// <param name="text">The number as AsyncAPI documents give it: <c>2.6.0</c> or <c>3.0.0</c>.</param>
    /// <param name="version">The version, if there is one of that number.</param>
    /// <returns><see langword="true"/> if the contract is written in that version.</returns>
    public static bool TryParse(string? text, [NotNullWhen(true)] out AsyncApiVersion? version)
    {
        version = All.FirstOrDefault(known => known._text == text);
        return version is not null;
    }

    /// <summary>Returns the number.</summary>
    /// <returns>For example <c>3.0.0</c>.</returns>
    public override string ToString() => _text;
}
