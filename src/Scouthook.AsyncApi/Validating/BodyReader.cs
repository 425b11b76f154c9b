using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Scouthook.AsyncApi.Validating;

/// <summary>Reads a body so that every text in it can be checked.</summary>
internal static partial class BodyReader
{
    /// <param name="body">The body as received.</param>
    /// <param name="unreadable">The reason why there is no document.</param>
    /// <returns>The document, or <see langword="null"/> if the body is not JSON.</returns>
    /// <remarks>
    /// A byte order mark is skipped. Bytes that are not UTF-8 and halves of surrogate pairs become U+FFFD, as in every
    /// JSON parser except the framework's, which throws when such a text is read.
    /// </remarks>
    public static JsonDocument? Read(ReadOnlySpan<byte> body, out Violation? unreadable)
    {
        unreadable = null;
        if (body.StartsWith(Encoding.UTF8.Preamble))
        {
            body = body[Encoding.UTF8.Preamble.Length..];
        }

        var text = Escape().Replace(
            Encoding.UTF8.GetString(body), match => match.Groups[1].Success ? @"\ufffd" : match.Value);
        try
        {
            return JsonDocument.Parse(text);
        }
        catch (JsonException exception)
        {
            // The message of the exception quotes the character that it stopped at.
            unreadable = new Violation("", exception.LineNumber is { } line
                ? $"is not JSON, or nested more than 64 levels deep: reading stopped at line {line + 1}, byte {exception.BytePositionInLine + 1}"
                : "is not JSON");
            return null;
        }
    }

    /// <summary>An escape sequence: a pair of surrogates, half of one (group 1), or any other.</summary>
    [GeneratedRegex(
        @"\\(?:u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|u([dD][89a-fA-F][0-9a-fA-F]{2})|.)",
        RegexOptions.Singleline)]
    private static partial Regex Escape();
}
