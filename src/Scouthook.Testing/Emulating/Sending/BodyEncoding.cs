namespace Scouthook.Testing;

/// <summary>How a <see cref="HelpScoutEmulator"/> encodes the JSON of bodies.</summary>
public enum BodyEncoding
{
    /// <summary>As PHP's <c>json_encode</c>: <c>\/</c> for slashes and <c>\uXXXX</c> beyond ASCII. See <see cref="PhpJson"/>.</summary>
    Php,

    /// <summary>Compact JSON in UTF-8 with nothing escaped that need not be.</summary>
    Utf8,
}
