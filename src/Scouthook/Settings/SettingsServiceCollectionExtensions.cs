using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Scouthook.Settings;

/// <summary>Registers the settings of a package.</summary>
internal static class SettingsServiceCollectionExtensions
{
    /// <summary>Adds a section that is read, validated and replaced together with all others.</summary>
    public static IServiceCollection AddSettingsSection<
        [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] TSection>(
        this IServiceCollection services)
        where TSection : class, ISettingsSection
    {
        services.AddOptions();
        services.TryAddSingleton<IConfigurationSources, PlainConfigurationSources>();
        services.TryAddSingleton<SettingsMonitor>();
        services.TryAddSingleton(typeof(Settings<>));
        services.TryAddEnumerable(ServiceDescriptor.Singleton<ISettingsSection, TSection>());
        return services;
    }

    /// <summary>Accepts a member of every source that a section of another package reads.</summary>
    public static IServiceCollection AddSourceMember(this IServiceCollection services, string name)
    {
        if (!services.Any(service => service.ImplementationInstance is SourceMember known && known.Name == name))
        {
            services.AddSingleton(new SourceMember(name));
        }

        return services;
    }

    /// <summary>Makes the options interfaces of the framework return the current options.</summary>
    public static IServiceCollection AddSettingsOptions<
        [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicParameterlessConstructor)] TOptions>(
        this IServiceCollection services)
        where TOptions : class
    {
        services.TryAddSingleton<OptionsPipeline<TOptions>>();
        services.TryAddSingleton<SnapshotOptions<TOptions>>();
        services.TryAddSingleton<IOptions<TOptions>>(
            provider => provider.GetRequiredService<SnapshotOptions<TOptions>>());
        services.TryAddSingleton<IOptionsMonitor<TOptions>>(
            provider => provider.GetRequiredService<SnapshotOptions<TOptions>>());
        services.TryAddScoped<IOptionsSnapshot<TOptions>>(provider => new ScopedSnapshotOptions<TOptions>(
            provider.GetRequiredService<SnapshotOptions<TOptions>>()));
        return services;
    }
}
