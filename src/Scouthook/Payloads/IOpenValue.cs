namespace Scouthook.Payloads;

/// <summary>A text with known values that may grow: a value unknown to this version is kept, not rejected.</summary>
/// <typeparam name="TSelf">The type that implements this interface.</typeparam>
public interface IOpenValue<TSelf>
    where TSelf : struct, IOpenValue<TSelf>
{
    /// <summary>The values known to this version, in the order of the documentation.</summary>
    static abstract IReadOnlyList<TSelf> Known { get; }

    /// <summary>Creates a value from a text, known or not.</summary>
    /// <param name="text">The text as Help Scout sends it; case-sensitive.</param>
    /// <returns>The value.</returns>
    static abstract TSelf FromText(string text);

    /// <summary>The text as Help Scout sent it.</summary>
    string Text { get; }
}
