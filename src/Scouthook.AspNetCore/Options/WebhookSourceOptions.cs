using Scouthook.Events;

namespace Scouthook.AspNetCore;

/// <summary>One Help Scout account that sends to this app.</summary>
public sealed class WebhookSourceOptions
{
    /// <summary>The path that Help Scout posts to, for example <c>/webhook</c>.</summary>
    /// <value>
    /// The default is <c>/webhook</c> for the source named <c>default</c>, <c>/webhook/&lt;name&gt;</c> for any other.
    /// The path given to <c>MapScouthook</c> is that of the source named <c>default</c>.
    /// </value>
    public string? Path { get; set; }

    /// <summary>The trusted secrets, current first; during a rotation also the previous one.</summary>
    /// <value>At least one is needed: without a secret nothing can be verified, and the app does not start.</value>
    public IList<SigningSecretOptions> Secrets { get; } = [];

    /// <summary>Whether a stored event that comes again is recognised as a repeat. Used by the inbox only.</summary>
    /// <value><see langword="true"/> unless set.</value>
    public bool Deduplicate { get; set; } = true;

    /// <summary>The path of a source of this name.</summary>
    internal string PathAs(string name) =>
        Path ?? (name.Equals(WebhookSource.DefaultName, StringComparison.OrdinalIgnoreCase) ? "/webhook" : $"/webhook/{name}");
}
