using System.Globalization;

namespace Scouthook.Testing;

/// <summary>Checks values of custom fields.</summary>
internal static class CustomFieldValues
{
    /// <summary>Returns the text that users see for a value.</summary>
    /// <exception cref="ArgumentException">The field cannot have the value.</exception>
    public static string Text(AccountCustomField field, string value) => field.Type switch
    {
        _ when value.Length == 0 => value,
        "DROPDOWN" => long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var option)
            && field.Options.TryGetValue(option, out var label)
                ? label
                : throw Unfit(field, "the id of one of its options: " + string.Join(", ", field.Options.Keys)),
        "DATE" => DateOnly.TryParseExact(value, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _)
            ? value
            : throw Unfit(field, "a date as yyyy-MM-dd"),
        "NUMBER" => decimal.TryParse(value, NumberStyles.Number, CultureInfo.InvariantCulture, out _)
            ? value
            : throw Unfit(field, "a number"),
        _ => value,
    };

    private static ArgumentException Unfit(AccountCustomField field, string expected) =>
        new($"The value of the custom field '{field.Name}' must be {expected}.");
}
