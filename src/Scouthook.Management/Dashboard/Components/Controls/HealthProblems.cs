using Scouthook.Management.Authentication;
using Scouthook.Management.Services.Disclosure;
using Scouthook.Management.Services.Views;

namespace Scouthook.Management.Dashboard.Components.Controls;

/// <summary>Selects the health checks that need attention.</summary>
internal static class HealthProblems
{
    /// <returns>The reason by name, as the caller may see it.</returns>
    public static Dictionary<string, string> Shown(this HealthView health, Caller caller) => health.For(caller).Checks
        .Where(check => check.Value.Status != "ready")
        .ToDictionary(check => check.Key, check => check.Value.Detail ?? check.Value.Status);
}
