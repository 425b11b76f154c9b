using System.Text;

namespace Scouthook.Settings;

/// <summary>Reads a file that contains a single secret.</summary>
/// <remarks>
/// A second line, a NUL or a damaged character would become part of the secret: nothing would verify with it, and nothing
/// would point to the file.
/// </remarks>
internal static class SecretFile
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: true, throwOnInvalidBytes: true);

    /// <returns>The secret without line breaks at its end; <see langword="null"/> with the reason to reject the file.</returns>
    public static string? Read(Stream stream, out string problem)
    {
        problem = "";
        string text;
        try
        {
            using var reader = new StreamReader(stream, Strict, leaveOpen: true);
            text = reader.ReadToEnd().TrimEnd('\r', '\n');
        }
        catch (DecoderFallbackException)
        {
            problem = "is not valid UTF-8; save it as UTF-8 text that contains only the secret";
            return null;
        }

        if (text.Contains('\0', StringComparison.Ordinal))
        {
            problem = "contains a NUL character; save it as UTF-8 text that contains only the secret";
            return null;
        }

        if (text.AsSpan().ContainsAny('\r', '\n'))
        {
            problem = "contains more than one line; keep only the line with the secret";
            return null;
        }

        return text;
    }
}
