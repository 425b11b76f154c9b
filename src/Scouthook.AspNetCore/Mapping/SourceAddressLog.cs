using System.Collections.Concurrent;
using System.Collections.Immutable;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Scouthook.AspNetCore.Configuring;

namespace Scouthook.AspNetCore.Mapping;

/// <summary>Logs where each source receives, now and after changes, or that nothing was mapped at all.</summary>
/// <remarks>
/// Prefixes of groups are known only once every route is built, so this waits until the app has started. A path base is known
/// only to requests, so it is logged with the first event received through it.
/// </remarks>
internal sealed class SourceAddressLog(IServiceProvider services, LiveSettings settings, LiveSecrets secrets, ILogger<SourceAddressLog> logger)
    : IHostedLifecycleService, IDisposable
{
    private readonly ConcurrentDictionary<string, string> _pathBases = new(StringComparer.Ordinal);
    private readonly Lock _gate = new();
    private Dictionary<string, (string Addresses, string Secrets)> _logged = [];
    private ImmutableArray<string> _prefixes = [];
    private IDisposable? _changes;

    public Task StartedAsync(CancellationToken cancellationToken)
    {
        _prefixes = FindPrefixes();
        if (_prefixes.IsEmpty)
        {
            ReceiveLog.NothingMapped(logger);
            return Task.CompletedTask;
        }

        _changes = secrets.OnChange(LogSources);
        LogSources();
        return Task.CompletedTask;
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose() => _changes?.Dispose();

    /// <summary>True if the path base of a source still has to be learned from an event.</summary>
    public bool Awaits(string source, HttpRequest request) => request.PathBase.HasValue && !_pathBases.ContainsKey(source);

    /// <summary>Logs, once for each source, the address at which an event was received.</summary>
    public void Received(string source, HttpRequest request)
    {
        if (_pathBases.TryAdd(source, request.PathBase.Value!))
        {
            ReceiveLog.PathBaseSeen(logger, source, request.PathBase.Add(request.Path).Value!);
        }
    }

    /// <summary>The prefix of the configured path, for each call of <c>MapScouthook</c>.</summary>
    private ImmutableArray<string> FindPrefixes() =>
    [
        .. (services.GetService<EndpointDataSource>()?.Endpoints ?? [])
            .OfType<RouteEndpoint>()
            .Select(endpoint => endpoint.Metadata.GetMetadata<SourceRouteMetadata>() is { } source
                ? PrefixOf(endpoint.RoutePattern.RawText ?? "", source.Path)
                : null)
            .OfType<string>()
            .Distinct(StringComparer.Ordinal),
    ];

    private static string PrefixOf(string route, string path)
    {
        var prefix = route.EndsWith(path, StringComparison.Ordinal) ? route[..^path.Length] : "";
        return prefix.Length == 0 || prefix[0] == '/' ? prefix : '/' + prefix;
    }

    private void LogSources()
    {
        lock (_gate)
        {
            var sources = settings.Current.Sources.Values.ToDictionary(
                source => source.Name,
                source => (string.Join(", ", _prefixes.Select(prefix => prefix + source.Path)), Describe(source)));
            foreach (var (name, source) in sources)
            {
                if (!_logged.TryGetValue(name, out var before) || before != source)
                {
                    var (addresses, secrets) = source;
                    ReceiveLog.SourceReady(logger, name, addresses, secrets);
                }
            }

            foreach (var name in _logged.Keys.Except(sources.Keys))
            {
                ReceiveLog.SourceGone(logger, name, _logged[name].Addresses);
            }

            _logged = sources;
        }
    }

    private string Describe(SourceSettings source) => string.Join(
        ", ", secrets.Of(source.Name).All.Select(entry => entry.Secret).Select(secret => secret.ExpiresAt is { } end ? $"{secret} until {end:O}" : secret.ToString()));
}
