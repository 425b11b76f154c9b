using Scouthook.Settings;

namespace Scouthook.Inbox.Configuring;

/// <summary>The current delivery settings.</summary>
internal sealed class LiveDeliverySettings(SettingsMonitor monitor) : Settings<DeliverySettings>(monitor);
