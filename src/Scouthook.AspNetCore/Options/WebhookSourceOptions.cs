namespace Scouthook.AspNetCore;

/// <summary>One Help Scout account that sends to this app.</summary>
public sealed class WebhookSourceOptions
{
    /// <summary>The path that Help Scout posts to, for example <c>/webhook</c>.</summary>
    /// <value>
    /// Unless set: <c>/webhook</c> for the source named <c>default</c>, <c>/webhook/&lt;name&gt;</c> for any other.
    /// </value>
    public string? Path { get; set; }

    /// <summary>The trusted secrets, current first; during a rotation also the previous one.</summary>
    /// <value>At least one is needed: without a secret nothing can be verified, and the app does not start.</value>
    public IList<SigningSecretOptions> Secrets { get; } = [];

    /// <summary>Whether a stored event that comes again is recognised as a repeat. Used by the inbox only.</summary>
    /// <value><see langword="true"/> unless set.</value>
    public bool Deduplicate { get; set; } = true;
}
