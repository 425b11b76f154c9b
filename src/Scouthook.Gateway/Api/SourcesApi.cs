using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Scouthook.AspNetCore.Configuring;
using Scouthook.Gateway.Api.Contracts;
using Scouthook.Gateway.Api.Describing;
using Scouthook.Gateway.Managing;
using Scouthook.Inbox.Model;

namespace Scouthook.Gateway.Api;

/// <summary>The sources: what is configured, and what each has received.</summary>
internal static class SourcesApi
{
    public static void MapSources(this IEndpointRouteBuilder api) => api.MapGet("/sources", ListAsync)
        .WithTags("Overview")
        .Describe(
            "listSources", ApiRole.Viewer, "Lists the sources: path, fingerprints of the secrets, the newest event",
            "Also those that are not configured any more and have stored events.");

    private static async Task<Ok<PageJson<SourceJson>>> ListAsync(
        LiveSettings settings, Caller caller, OverviewDesk desk, CancellationToken cancellationToken)
    {
        var received = (await desk.SourcesAsync(caller, cancellationToken)).ToDictionary(source => source.Name);
        var configured = settings.Current.Sources.Values;
        var rows = configured
            .Select(source => new SourceJson(
                source.Name,
                source.Path,
                Configured: true,
                [.. source.Secrets.All.Select(secret => new SecretJson(secret.Fingerprint, secret.ExpiresAt))],
                received.GetValueOrDefault(source.Name)?.LastReceivedAt,
                received.GetValueOrDefault(source.Name)?.LastSequence))
            .Concat(received.Values
                .Where(source => !settings.Current.Sources.ContainsKey(source.Name))
                .Select(source => new SourceJson(
                    source.Name, null, Configured: false, [], source.LastReceivedAt, source.LastSequence)));
        return TypedResults.Ok(new PageJson<SourceJson>(
            [.. rows.OrderBy(row => row.Name, StringComparer.Ordinal)], null));
    }
}
