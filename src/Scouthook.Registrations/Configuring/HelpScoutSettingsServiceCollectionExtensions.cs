using Microsoft.Extensions.DependencyInjection;
using Scouthook.Settings;

namespace Scouthook.Registrations.Configuring;

/// <summary>Registers the connections of sources to Help Scout.</summary>
internal static class HelpScoutSettingsServiceCollectionExtensions
{
    /// <summary>
    /// Reads <c>Sources:&lt;name&gt;:HelpScout</c> with all other settings, and provides it as
    /// <c>Settings&lt;HelpScoutSettings&gt;</c>. Without it, the section is rejected as unused.
    /// </summary>
    public static IServiceCollection AddHelpScoutSettings(this IServiceCollection services)
    {
        services.AddHelpScoutRegistrations();
        services.AddSettingsSection<HelpScoutSection>();
        return services.AddSourceMember(HelpScoutSection.Member);
    }
}
