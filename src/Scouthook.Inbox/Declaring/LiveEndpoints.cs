using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;
using Scouthook.Inbox.Configuring;

namespace Scouthook.Inbox.Declaring;

/// <summary>The endpoints that the configuration declares now. Invalid ones stop the app at start; later, the last valid ones stay.</summary>
internal sealed class LiveEndpoints : IDisposable
{
    private readonly IConfiguration _configuration;
    private readonly ILogger<LiveEndpoints> _logger;
    private readonly IDisposable _changes;
    private volatile IReadOnlyList<DeclaredEndpoint> _current;

    public LiveEndpoints(IConfiguration configuration, ILogger<LiveEndpoints> logger)
    {
        _configuration = configuration;
        _logger = logger;

        var mistakes = new List<string>();
        _current = new EndpointSectionReader(configuration, mistakes).Read();
        if (mistakes.Count > 0)
        {
            throw new OptionsValidationException("Scouthook", typeof(DeclaredEndpoint), mistakes);
        }

        _changes = ChangeToken.OnChange(configuration.GetReloadToken, Reload);
    }

    public IReadOnlyList<DeclaredEndpoint> Current => _current;

    /// <summary>Set whenever they may have changed.</summary>
    public Latch Changed { get; } = new();

    public void Dispose() => _changes.Dispose();

    private void Reload()
    {
        var mistakes = new List<string>();
        var next = new EndpointSectionReader(_configuration, mistakes).Read();
        if (mistakes.Count > 0)
        {
            InboxLog.EndpointReloadRefused(_logger, string.Join(' ', mistakes));
            return;
        }

        _current = next;
        Changed.Set();
    }
}
