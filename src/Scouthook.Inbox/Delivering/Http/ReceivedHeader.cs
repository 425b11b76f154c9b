using System.Text.Json;

namespace Scouthook.Inbox.Delivering.Http;

/// <summary>Finds a header among those stored with an event.</summary>
internal static class ReceivedHeader
{
    /// <param name="headers">The headers, as a JSON array of pairs.</param>
    /// <param name="name">The name; case-insensitive.</param>
    /// <returns>The value, several joined by commas; <see langword="null"/> if there is none.</returns>
    public static string? Find(string headers, string name)
    {
        // Hardly any request has the header, and then there is nothing to parse.
        if (!headers.Contains(name, StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        using var pairs = JsonDocument.Parse(headers);
        var values = pairs.RootElement.EnumerateArray()
            .Where(pair => name.Equals(pair[0].GetString(), StringComparison.OrdinalIgnoreCase))
            .Select(pair => pair[1].GetString());
        return string.Join(", ", values) is { Length: > 0 } value ? value : null;
    }
}
