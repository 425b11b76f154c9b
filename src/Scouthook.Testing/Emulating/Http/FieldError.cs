using System.Text.Json.Nodes;

namespace Scouthook.Testing.Emulating.Http;

/// <summary>One mistake in a request.</summary>
/// <param name="Path">The member, such as <c>events</c>.</param>
/// <param name="Code">The fragment of the documentation's error page, such as <c>NotEmpty</c>.</param>
/// <param name="Message">The text.</param>
/// <param name="RejectedValue">The value, unless it is missing or secret.</param>
/// <param name="Source">Where the member is: <c>JSON</c> or <c>QUERY</c>.</param>
internal sealed record FieldError(
    string Path, string Code, string Message, JsonNode? RejectedValue = null, string Source = "JSON")
{
    public const string NotEmpty = "NotEmpty";

    public const string EnumValue = "EnumValue";

    public static FieldError Missing(string path) => new(path, NotEmpty, "may not be empty");

    public static FieldError NotAmong(string path, IEnumerable<string> values, JsonNode? rejected, string source = "JSON") =>
        new(path, EnumValue, $"Expected one of these: {string.Join(", ", values.Select(value => $"'{value}'"))}", rejected, source);
}
