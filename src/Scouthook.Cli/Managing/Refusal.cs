using System.Globalization;
using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Scouthook.Cli.CommandLine;

namespace Scouthook.Cli.Managing;

/// <summary>An answer that is not what was asked for, in the words of the gateway.</summary>
internal static class Refusal
{
    /// <returns>What to throw: wrong usage if the gateway did not take what was given, else that the thing asked is not so.</returns>
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
                $"The gateway answered {(int)response.StatusCode}. Is this the address of its management API?")),
            (HttpStatusCode.BadRequest, _) => new UsageException(detail),
            (HttpStatusCode.Unauthorized, _) => new ManagementException(
                $"{detail} Here: --key, or {ManagementOptions.KeyVariable}.", response.StatusCode),
            _ => new ManagementException(detail, response.StatusCode),
        };
    }

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
                ? $"{detail}{string.Concat(candidates.Select(it => $"{Environment.NewLine}  {it}"))}"
                : detail;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
