using System.Text.Json;
using Scouthook.Testing.Samples;

namespace Scouthook.Testing;

/// <summary>Writes JSON byte for byte as PHP's <c>json_encode</c> does, which is how Help Scout writes its bodies.</summary>
/// <remarks>
/// Compact; <c>/</c> as <c>\/</c>; every character beyond ASCII as <c>\uXXXX</c> with lower-case digits, those beyond
/// U+FFFF as two of them. A signature covers these bytes, so a receiver that parses and writes JSON before it verifies
/// fails on them.
/// </remarks>
public static class PhpJson
{
    /// <summary>Serializes a JSON text in PHP's style. Members keep their order, numbers their spelling.</summary>
    /// <param name="json">JSON in UTF-8, in any style.</param>
    /// <returns>The same value in PHP's style: ASCII only.</returns>
    /// <exception cref="JsonException">The text is not JSON, or has half of a surrogate pair.</exception>
    public static byte[] Rewrite(ReadOnlySpan<byte> json) => CompactJson.Rewrite(json, escape: true);
}
