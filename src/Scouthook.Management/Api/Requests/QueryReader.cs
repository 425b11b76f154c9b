using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Scouthook.Management.Problems;

namespace Scouthook.Management.Api.Requests;

/// <summary>Reads a query string parameter by parameter, and keeps the first error.</summary>
internal sealed class QueryReader
{
    public const string InstantRule = "must be a timestamp such as 2026-03-02T08:00:00Z, or a date (UTC).";

    public delegate bool Reading<T>(string text, out T value);

    private readonly IQueryCollection _query;

    public QueryReader(IQueryCollection query, IReadOnlyList<ApiInput> inputs)
    {
        _query = query;
        Problem = QueryRules.FindMistake(query, inputs);
    }

    public ProblemHttpResult? Problem { get; private set; }

    public string? Text(string name)
    {
        var values = _query[name];
        if (values.Count > 1)
        {
            Problem ??= ApiProblem.Invalid(name, "may be given once.");
        }

        return values.Count > 0 && values[0] is { Length: > 0 } text ? text : null;
    }

    /// <summary>Reads a list: the parameter given several times, or once with commas.</summary>
    public IReadOnlyList<string> List(string name, Func<string, bool> isValid, string rule)
    {
        var items = _query[name]
            .SelectMany(value => (value ?? "").Split(
                ',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
            .ToList();
        if (!items.All(isValid))
        {
            Problem ??= ApiProblem.Invalid(name, rule);
        }

        return items;
    }

    public T? Value<T>(string name, Reading<T> reading, string rule)
        where T : struct
    {
        if (Text(name) is not { } text)
        {
            return null;
        }

        if (reading(text, out var value))
        {
            return value;
        }

        Problem ??= ApiProblem.Invalid(name, rule);
        return null;
    }

    public long? Number(string name) => Value<long>(
        name,
        (string text, out long value) =>
            long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value),
        "must be a whole number.");

    public DateTimeOffset? Instant(string name) => Value<DateTimeOffset>(name, TryReadInstant, InstantRule);

    public Guid? Id(string name) => Value<Guid>(
        name,
        (string text, out Guid value) => Guid.TryParseExact(text, "D", out value),
        "must be an id such as 01990f6e-0000-7000-8000-000000000000.");

    public static bool TryReadInstant(string text, out DateTimeOffset value) => DateTimeOffset.TryParseExact(
        text,
        ["yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", "yyyy-MM-dd'T'HH:mmK", "yyyy-MM-dd"],
        CultureInfo.InvariantCulture,
        DateTimeStyles.AssumeUniversal,
        out value);

    public int Limit(int defaultLimit, int maxLimit) => (int)(Value<long>(
        "limit",
        (string text, out long value) =>
            long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value)
            && value >= 1 && value <= maxLimit,
        $"must be a number from 1 to {maxLimit}.") ?? defaultLimit);
}
