using System.Globalization;
using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Scouthook.Cli.CommandLine;

namespace Scouthook.Cli.Managing;

/// <summary>Turns an error response of the gateway into an exception with its message.</summary>
internal static partial class ProblemReader
{
    /// <returns>A <see cref="UsageException"/> if the gateway rejected the input, otherwise a <see cref="ManagementException"/>.</returns>
    public static async Task<Exception> ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var detail = Detail(await response.Content.ReadAsStringAsync(cancellationToken));
        if (response.StatusCode is HttpStatusCode.TooManyRequests && response.Headers.RetryAfter?.Delta is { } wait)
        {
            detail = string.Create(CultureInfo.InvariantCulture, $"{detail} Try again in {wait.TotalSeconds:0} s.");
        }

        return (response.StatusCode, detail) switch
        {
            (_, null) => new ManagementException(string.Create(
                CultureInfo.InvariantCulture,
                $"The server responded with {(int)response.StatusCode}. Is this the address of the management API?")),
            (HttpStatusCode.BadRequest, _) => new UsageException(AboutCommand(detail)),
            (HttpStatusCode.Unauthorized, _) => new ManagementException(
                WithOptions(detail), response.StatusCode),
            _ => new ManagementException(AboutCommand(detail), response.StatusCode),
        };
    }

    /// <summary>
    /// Turns what the API says about a member or an object into a sentence about the command line: <c>timeoutSeconds: must be …</c> becomes
    /// <c>--timeout-seconds must be …</c>, and <c>delivery: it is …</c> becomes <c>The delivery is …</c>.
    /// </summary>
    private static string AboutCommand(string detail)
    {
        if (Subject().Match(detail) is not { Success: true } match)
        {
            return detail;
        }

        var (name, rest) = (match.Groups["name"].Value, match.Groups["rest"].Value);
        return name switch
        {
            "key" or "delivery" or "endpoint" or "replay" when rest.StartsWith("it is ", StringComparison.Ordinal) => $"The {name} {rest["it ".Length..]}",
            "key" or "delivery" or "endpoint" or "replay" when rest.StartsWith("its ", StringComparison.Ordinal) => $"The {name}: {rest}",
            "endpoint" => $"Endpoint {rest}",
            _ => $"{OptionOf(name)}{(rest.StartsWith("must ", StringComparison.Ordinal) ? "" : ":")} {rest}",
        };
    }

    private static string OptionOf(string member) => member switch
    {
        "mailboxIds" => "--mailboxes",
        "types" => "--type",
        "endpointId" => "--endpoint",
        _ => "--" + string.Concat(member.Select(character => char.IsUpper(character) ? $"-{char.ToLowerInvariant(character)}" : $"{character}")),
    };

    [GeneratedRegex("^(?<name>[a-z][A-Za-z]*): (?<rest>.+)$", RegexOptions.Singleline)]
    private static partial Regex Subject();

    /// <summary>Replaces the advice of the API, which is about a header, with advice about the command line.</summary>
    private static string WithOptions(string detail) =>
        $"{FirstSentence(detail)} Pass --key or set {ManagementOptions.KeyVariable}.".TrimStart();

    private static string FirstSentence(string text) => text[..(text.IndexOf(". ", StringComparison.Ordinal) + 1)];

    private static string? Detail(string text)
    {
        try
        {
            var problem = JsonNode.Parse(text) as JsonObject;
            if (problem?["detail"] is not JsonValue value || !value.TryGetValue<string>(out var detail))
            {
                return null;
            }

            return problem["candidates"] is JsonArray candidates
                ? $"{FirstSentence(detail)} Pass one of them in full:{string.Concat(candidates.Select(candidate => $"{Environment.NewLine}  {candidate}"))}"
                : detail;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
