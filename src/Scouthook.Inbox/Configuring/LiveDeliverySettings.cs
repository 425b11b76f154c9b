using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;

namespace Scouthook.Inbox.Configuring;

/// <summary>The delivery settings in force. Invalid ones stop the app at start; later, the last valid ones stay.</summary>
internal sealed class LiveDeliverySettings : IDisposable
{
    private readonly IConfiguration _configuration;
    private readonly ILogger<LiveDeliverySettings> _logger;
    private readonly IDisposable _changes;
    private volatile DeliverySettings _current;

    public LiveDeliverySettings(IConfiguration configuration, ILogger<LiveDeliverySettings> logger)
    {
        _configuration = configuration;
        _logger = logger;

        var mistakes = new List<string>();
        _current = new DeliverySettingsReader(configuration, mistakes).Read();
        if (mistakes.Count > 0)
        {
            throw new OptionsValidationException("Scouthook", typeof(DeliverySettings), mistakes);
        }

        _changes = ChangeToken.OnChange(configuration.GetReloadToken, Reload);
    }

    /// <summary>The settings in force now; ask anew for every use.</summary>
    public DeliverySettings Current => _current;

    public void Dispose() => _changes.Dispose();

    private void Reload()
    {
        var mistakes = new List<string>();
        var next = new DeliverySettingsReader(_configuration, mistakes).Read();
        if (mistakes.Count > 0)
        {
            InboxLog.DeliveryReloadRefused(_logger, string.Join(' ', mistakes));
            return;
        }

        _current = next;
    }
}
