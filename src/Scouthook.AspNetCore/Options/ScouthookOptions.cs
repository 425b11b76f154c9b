namespace Scouthook.AspNetCore;

/// <summary>Configures how webhooks are received: sources with their paths and secrets, and limits.</summary>
/// <remarks>
/// Read from the section <c>Scouthook</c> of the app's configuration, then changed by the app in code. The section is
/// reloaded without a restart, together with all other settings of Scouthook: as a whole, or not at all. The options
/// interfaces of the framework, such as <c>IOptionsMonitor&lt;ScouthookOptions&gt;</c>, return the current settings.
/// </remarks>
public sealed class ScouthookOptions
{
    /// <summary>The section of the configuration: <c>Scouthook</c>.</summary>
    public const string SectionName = "Scouthook";

    /// <summary>The sources by name. A source is one Help Scout account that sends to this app.</summary>
    /// <value>Empty by default; at least one is required. Keys: <c>Scouthook:Sources:&lt;name&gt;</c>.</value>
    public IDictionary<string, WebhookSourceOptions> Sources { get; } =
        new Dictionary<string, WebhookSourceOptions>(StringComparer.OrdinalIgnoreCase);

    /// <summary>Receiving limits. Keys: <c>Scouthook:Receiver</c>.</summary>
    public ReceiverOptions Receiver { get; } = new();
}
