using System.ComponentModel.DataAnnotations;
using Scouthook.Inbox.Rules;
using Scouthook.Management.Services.Disclosure;

namespace Scouthook.Management.Services.Views;

/// <summary>The status of the gateway, and of every check with its reason.</summary>
/// <param name="Status">The worst status of all checks.</param>
/// <param name="Checks">The checks by name.</param>
internal sealed record HealthView(
    [property: AllowedValues("ready", "degraded", "notReady")] string Status, Dictionary<string, HealthEntryView> Checks) : IForViewers
{
    public object ForViewers() => this with
    {
        Checks = Checks.ToDictionary(
            check => check.Key, check => check.Value with { Detail = ViewerText.Mask(check.Value.Detail) }),
    };
}
