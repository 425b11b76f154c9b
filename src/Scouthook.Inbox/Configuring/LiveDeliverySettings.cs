using Scouthook.Settings;

namespace Scouthook.Inbox.Configuring;

/// <summary>The delivery settings in force.</summary>
internal sealed class LiveDeliverySettings(SettingsMonitor monitor) : Settings<DeliverySettings>(monitor);
