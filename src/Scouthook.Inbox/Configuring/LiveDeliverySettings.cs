using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;

namespace Scouthook.Inbox.Configuring;

/// <summary>The delivery settings in force.</summary>
internal sealed class LiveDeliverySettings(IConfiguration configuration, ILogger<LiveDeliverySettings> logger)
    : LiveSection<DeliverySettings>(
        configuration,
        static (section, mistakes) => new DeliverySettingsReader(section, mistakes).Read(),
        mistakes => InboxLog.DeliveryReloadRefused(logger, mistakes));
