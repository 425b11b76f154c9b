namespace Scouthook.AspNetCore;

/// <summary>What a receiver is told: where events come in, which secrets are trusted, and its limits.</summary>
/// <remarks>
/// Read from the section <c>Scouthook</c> of the app's configuration, then changed by what the app does in code.
/// Secrets and limits are reloaded without a restart; paths are fixed when they are mapped.
/// </remarks>
public sealed class ScouthookOptions
{
    /// <summary>The section of the configuration: <c>Scouthook</c>.</summary>
    public const string SectionName = "Scouthook";

    /// <summary>The sources by name. A source is one Help Scout account that sends to this app.</summary>
    /// <value>Empty unless configured; at least one is needed. Keys: <c>Scouthook:Sources:&lt;name&gt;</c>.</value>
    public IDictionary<string, WebhookSourceOptions> Sources { get; } =
        new Dictionary<string, WebhookSourceOptions>(StringComparer.OrdinalIgnoreCase);

    /// <summary>Limits of receiving. Keys: <c>Scouthook:Receiver</c>.</summary>
    public ReceiverOptions Receiver { get; } = new();
}
