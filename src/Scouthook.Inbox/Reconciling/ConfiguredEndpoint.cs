using Scouthook.Inbox.Model;

namespace Scouthook.Inbox.Reconciling;

/// <summary>An endpoint as the configuration declares it.</summary>
/// <param name="Declaration">What it is to be, without secrets.</param>
/// <param name="Secret">Its secret; <see langword="null"/>: one is made when it is new, and kept.</param>
internal sealed record ConfiguredEndpoint(DesiredEndpoint Declaration, string? Secret)
{
    /// <summary>Prints no secret, as records otherwise do.</summary>
    public override string ToString() => Declaration.Definition.Name;
}
