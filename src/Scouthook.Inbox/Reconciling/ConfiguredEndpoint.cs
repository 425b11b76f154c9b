using Scouthook.Inbox.Model;

namespace Scouthook.Inbox.Reconciling;

/// <summary>An endpoint declared in the configuration.</summary>
/// <param name="Declaration">The desired endpoint, without secrets.</param>
/// <param name="Secret">
/// Its secret; <see langword="null"/> to generate one when the endpoint is new, and keep it.
/// </param>
internal sealed record ConfiguredEndpoint(DesiredEndpoint Declaration, string? Secret)
{
    /// <summary>Returns the name: the generated method of a record would print the secret.</summary>
    public override string ToString() => Declaration.Definition.Name;
}
