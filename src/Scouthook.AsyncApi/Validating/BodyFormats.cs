using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Json.Schema;

namespace Scouthook.AsyncApi.Validating;

/// <summary>The formats of the contract, checked the way <c>ajv-formats</c> does.</summary>
/// <remarks>
/// The formats of JsonSchema.Net differ: they reject email addresses with a top-level domain of one letter and accept
/// UUIDs with blanks around them. Two validators must not disagree about a body.
/// </remarks>
internal static partial class BodyFormats
{
    public static FormatRegistry Registry { get; } = Create();

    private static FormatRegistry Create()
    {
        var registry = new FormatRegistry();
        registry.Register(new TextFormat("date-time", IsDateTime));
        registry.Register(new TextFormat("email", Email().IsMatch));
        registry.Register(new TextFormat("uri", Uri().IsMatch));
        registry.Register(new TextFormat("uuid", Uuid().IsMatch));
        return registry;
    }

    /// <summary>RFC 3339: a date of the calendar, a time, and a zone.</summary>
    private static bool IsDateTime(string text)
    {
        if (DateTime().Match(text) is not { Success: true } match
            || !DateOnly.TryParseExact(match.Groups["date"].Value, "yyyy-MM-dd", CultureInfo.InvariantCulture, default, out _))
        {
            return false;
        }

        // A leap second ends a day in UTC, and only that.
        var minutes = (Number("hour") * 60) + Number("minute");
        var offset = ((Number("zoneHour") * 60) + Number("zoneMinute")) * (match.Groups["sign"].Value == "-" ? -1 : 1);
        return Number("second") < 60 || (minutes - offset + 1440) % 1440 == 1439;

        int Number(string group) =>
            match.Groups[group].Success ? int.Parse(match.Groups[group].ValueSpan, CultureInfo.InvariantCulture) : 0;
    }

    [GeneratedRegex(@"\A(?<date>[0-9]{4}-[0-9]{2}-[0-9]{2})[Tt\s](?<hour>[01][0-9]|2[0-3]):(?<minute>[0-5][0-9]):(?<second>[0-5][0-9]|60)(?:\.[0-9]+)?(?:[Zz]|(?<sign>[+-])(?<zoneHour>[01][0-9]|2[0-3]):?(?<zoneMinute>[0-5][0-9])?)\z")]
    private static partial Regex DateTime();

    [GeneratedRegex(@"\A[a-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*@(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\z", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Email();

    /// <summary>A scheme, followed by at least one character, and only characters that RFC 3986 allows.</summary>
    [GeneratedRegex(@"\A[a-z][a-z0-9+.-]*:(?=[^?#])(?://?(?:(?:[a-z0-9._~!$&'()*+,;=:-]|%[0-9a-f]{2})*@)?\[[0-9a-f:.]+\](?::[0-9]*)?(?=[/?#]|\z))?(?:[a-z0-9._~!$&'()*+,;=:@/-]|%[0-9a-f]{2})*(?:\?(?:[a-z0-9._~!$&'()*+,;=:@/?-]|%[0-9a-f]{2})*)?(?:#(?:[a-z0-9._~!$&'()*+,;=:@/?-]|%[0-9a-f]{2})*)?\z", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Uri();

    [GeneratedRegex(@"\A(?:urn:uuid:)?[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}\z", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Uuid();

    private sealed class TextFormat(string key, Func<string, bool> isValid) : Format(key)
    {
        public override bool Validate(JsonElement element, out string? errorMessage)
        {
            errorMessage = null;
            return element.ValueKind != JsonValueKind.String || isValid(element.GetString()!);
        }
    }
}
