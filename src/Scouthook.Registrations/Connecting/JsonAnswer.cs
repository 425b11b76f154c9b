using System.Text.Json;
using Scouthook.Registrations.Model;

namespace Scouthook.Registrations.Connecting;

/// <summary>Reads the JSON of a response tolerantly: what is missing or of another type is treated as absent.</summary>
internal static class JsonAnswer
{
    /// <exception cref="HelpScoutApiException">The body is not a JSON object.</exception>
    public static async Task<JsonElement> ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken) =>
        await TryReadAsync(response, cancellationToken).ConfigureAwait(false) ?? throw Unreadable(response);

    /// <returns>The JSON object; <see langword="null"/> if the body is something else.</returns>
    public static async Task<JsonElement?> TryReadAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        try
        {
            var bytes = await response.Content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false);
            using var document = JsonDocument.Parse(bytes);
            return document.RootElement.ValueKind is JsonValueKind.Object ? document.RootElement.Clone() : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    public static HelpScoutApiException Unreadable(HttpResponseMessage response) => new(
        $"The response ({(int)response.StatusCode}) is not one of Help Scout's API. Is {response.RequestMessage?.RequestUri?.GetLeftPart(UriPartial.Authority)} "
        + "the address of the API?",
        response.StatusCode);

    public static JsonElement? Member(JsonElement element, string name) =>
        element.ValueKind is JsonValueKind.Object && element.TryGetProperty(name, out var member) ? member : null;

    public static string? Text(JsonElement element, string name) =>
        Member(element, name) is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;

    public static long? Number(JsonElement element, string name) =>
        Member(element, name) is { ValueKind: JsonValueKind.Number } number && number.TryGetInt64(out var value) ? value : null;

    public static bool Flag(JsonElement element, string name) => Member(element, name) is { ValueKind: JsonValueKind.True };

    public static IEnumerable<JsonElement> Items(JsonElement element, string name) =>
        Member(element, name) is { ValueKind: JsonValueKind.Array } items ? items.EnumerateArray() : [];
}
