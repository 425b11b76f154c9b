using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Scouthook.AspNetCore.Configuring;
using Scouthook.Gateway.Api.Contracts;
using Scouthook.Inbox.Storage;

namespace Scouthook.Gateway.Api;

/// <summary>The sources: what is configured, and what each has received.</summary>
internal static class SourcesApi
{
    public static void MapSources(this IEndpointRouteBuilder api) => api.MapGet("/sources", ListAsync);

    private static async Task<Ok<PageJson<SourceJson>>> ListAsync(
        LiveSettings settings, IEventHistory history, CancellationToken cancellationToken)
    {
        var received = (await history.SourcesAsync(cancellationToken)).ToDictionary(source => source.Name);
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
