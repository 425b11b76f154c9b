using Microsoft.Extensions.Logging;

namespace Scouthook.Inbox.Configuring;

/// <summary>Log messages of the delivery settings. Event ids stay what they are once released.</summary>
internal static partial class DeliverySettingsLog
{
    [LoggerMessage(
        3901, LogLevel.Error,
        "The changed delivery settings are not valid and were not taken; the last valid ones stay. {Mistakes}")]
    public static partial void ReloadRefused(ILogger logger, string mistakes);
}
