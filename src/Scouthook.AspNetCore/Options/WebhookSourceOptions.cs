using Scouthook.Events;

namespace Scouthook.AspNetCore;

/// <summary>One Help Scout account that sends to this app.</summary>
public sealed class WebhookSourceOptions
{
    /// <summary>The path that Help Scout posts to, for example <c>/webhook</c>.</summary>
    /// <value>
    /// The default is <c>/webhook</c> for the source named <c>default</c>, <c>/webhook/&lt;name&gt;</c> for any other.
    /// The path passed to <c>MapScouthook</c> is that of the source named <c>default</c>.
    /// </value>
    public string? Path { get; set; }

    /// <summary>The trusted secrets, current first; during a rotation also the previous one.</summary>
    /// <value>At least one is required: without a secret nothing can be verified, and the app does not start.</value>
    public IList<SigningSecretOptions> Secrets { get; } = [];

    /// <summary>
    /// True if requests for an already stored event are recognised as repeats. Used by the inbox only.
    /// </summary>
    /// <value>The default is <see langword="true"/>.</value>
    public bool Deduplicate { get; set; } = true;

    /// <summary>Returns the path of a source with this name.</summary>
    internal string PathAs(string name) =>
        Path ?? (name.Equals(WebhookSource.DefaultName, StringComparison.OrdinalIgnoreCase) ? "/webhook" : $"/webhook/{name}");
}
