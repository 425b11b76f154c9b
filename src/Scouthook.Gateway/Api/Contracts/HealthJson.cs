using Scouthook.Gateway.Api.Disclosing;

namespace Scouthook.Gateway.Api.Contracts;

/// <summary>The status of the gateway, and every check with its reason.</summary>
internal sealed record HealthJson(string Status, Dictionary<string, HealthEntryJson> Checks) : IForViewers
{
    public object ForViewers() => this with
    {
        Checks = Checks.ToDictionary(
            check => check.Key, check => check.Value with { Detail = ViewerText.Mask(check.Value.Detail) }),
    };
}
