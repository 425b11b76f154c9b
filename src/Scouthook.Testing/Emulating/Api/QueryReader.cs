using System.Globalization;
using Microsoft.AspNetCore.Http;
using Scouthook.Testing.Emulating.Http;

namespace Scouthook.Testing;

/// <summary>Reads parameters of a query, and gathers what is wrong with them.</summary>
internal sealed class QueryReader(IQueryCollection query)
{
    private const string Source = "QUERY";

    public List<FieldError> Errors { get; } = [];

    public string? Text(string name) => (string?)query[name] is { Length: > 0 } text ? text : null;

    /// <summary>Reads one of some values; without the parameter, the first of them.</summary>
    public string Choice(string name, params string[] values)
    {
        var text = Text(name) ?? values[0];
        if (!values.Contains(text))
        {
            Errors.Add(FieldError.NotAmong(name, values, text, Source));
        }

        return text;
    }

    public DateTimeOffset? Instant(string name)
    {
        if (Text(name) is not { } text)
        {
            return null;
        }

        if (DateTimeOffset.TryParseExact(
            text, ["yyyy-MM-dd'T'HH:mm:ss'Z'", "yyyy-MM-dd'T'HH:mm:sszzz"], CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal, out var instant))
        {
            return instant;
        }

        Errors.Add(new(name, "Date", "must be a valid ISO 8601 date with the format yyyy-MM-dd'T'HH:mm:ss'Z'", text, Source));
        return null;
    }

    public long? Number(string name)
    {
        var numbers = Numbers(name);
        return numbers.Count is 0 ? null : numbers[0];
    }

    /// <summary>Reads numbers separated by commas.</summary>
    public IReadOnlyList<long> Numbers(string name)
    {
        var numbers = new List<long>();
        foreach (var part in Text(name)?.Split(',', StringSplitOptions.TrimEntries) ?? [])
        {
            if (long.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            {
                numbers.Add(number);
            }
            else
            {
                Errors.Add(new(name, "InvalidIdentifier", "must be a valid identifier", part, Source));
            }
        }

        return numbers;
    }
}
