using System.Collections.Immutable;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Primitives;
using Scouthook.AspNetCore.Configuring;

namespace Scouthook.AspNetCore.Mapping;

/// <summary>Provides an endpoint for the path of each current source, including those of a reload.</summary>
/// <remarks>
/// The endpoints are built by the framework's own route group, again whenever paths change, so that filters, groups and
/// other conventions apply to a source that is added later as to one that was there at startup.
/// </remarks>
internal sealed class SourceEndpointDataSource : EndpointDataSource, IDisposable
{
    private readonly LiveSettings _settings;
    private readonly IServiceProvider _services;
    private readonly Func<string, RequestDelegate> _receive;
    private readonly IDisposable _changes;
    private readonly Lock _gate = new();
    private ImmutableArray<(bool IsLast, Action<EndpointBuilder> Apply)> _conventions = [];
    private CancellationTokenSource _changed = new();
    private Routes? _routes;

    /// <param name="settings">The current settings.</param>
    /// <param name="services">The services of the app.</param>
    /// <param name="receive">Creates the request delegate of a path.</param>
    public SourceEndpointDataSource(LiveSettings settings, IServiceProvider services, Func<string, RequestDelegate> receive)
    {
        _settings = settings;
        _services = services;
        _receive = receive;
        _changes = settings.OnChange(Refresh);
    }

    public override IReadOnlyList<Endpoint> Endpoints => [.. Current().SelectMany(source => source.Endpoints)];

    public override IReadOnlyList<Endpoint> GetGroupedEndpoints(RouteGroupContext context) =>
        [.. Current().SelectMany(source => source.GetGroupedEndpoints(context))];

    public override IChangeToken GetChangeToken()
    {
        lock (_gate)
        {
            return new CancellationChangeToken(_changed.Token);
        }
    }

    /// <summary>Adds a convention for the endpoints of all sources, now and later.</summary>
    public void Add(Action<EndpointBuilder> convention, bool isLast)
    {
        lock (_gate)
        {
            _conventions = _conventions.Add((isLast, convention));
            _routes = null;
        }
    }

    public void Dispose() => _changes.Dispose();

    private void Refresh()
    {
        CancellationTokenSource before;
        lock (_gate)
        {
            if (_routes is { } routes && routes.Paths.SetEquals(Paths()))
            {
                return;
            }

            _routes = null;
            before = _changed;
            _changed = new CancellationTokenSource();
        }

        before.Cancel();
    }

    private ICollection<EndpointDataSource> Current()
    {
        lock (_gate)
        {
            return (_routes ??= Build()).DataSources;
        }
    }

    private Routes Build()
    {
        var paths = Paths();
        var routes = new Routes(_services, paths);
        var group = routes.MapGroup("");
        foreach (var path in paths)
        {
            // Every method is mapped, so that this endpoint, and not a fallback, answers methods other than POST.
            group.Map(path, _receive(path))
                .WithDisplayName($"Scouthook receives at {path}")
                .WithMetadata(new SourceRouteMetadata(path));
        }

        foreach (var (isLast, apply) in _conventions)
        {
            if (isLast)
            {
                ((IEndpointConventionBuilder)group).Finally(apply);
            }
            else
            {
                ((IEndpointConventionBuilder)group).Add(apply);
            }
        }

        return routes;
    }

    private ImmutableHashSet<string> Paths() =>
        _settings.Current.Sources.Values.Select(source => source.Path).ToImmutableHashSet(StringComparer.Ordinal);

    private sealed class Routes(IServiceProvider services, ImmutableHashSet<string> paths) : IEndpointRouteBuilder
    {
        public ImmutableHashSet<string> Paths => paths;

        public IServiceProvider ServiceProvider => services;

        public ICollection<EndpointDataSource> DataSources { get; } = [];

        public IApplicationBuilder CreateApplicationBuilder() => new ApplicationBuilder(services);
    }
}
