using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Scouthook.Inbox.Clocks;

/// <summary>Registers services that take the time from the store, so that a wrong clock of one node changes nothing.</summary>
internal static class StoreClockServiceCollectionExtensions
{
    /// <summary>Registers a service whose constructor gets <see cref="StoreClock.WallClock"/> as its time.</summary>
    public static void TryAddOnStoreTime<T>(this IServiceCollection services)
        where T : class => services.TryAddSingleton(CreateOnStoreTime<T>);

    /// <summary>Creates a service whose constructor gets <see cref="StoreClock.WallClock"/> as its time.</summary>
    public static T CreateOnStoreTime<T>(this IServiceProvider provider)
        where T : class => ActivatorUtilities.CreateInstance<T>(provider, provider.GetRequiredService<StoreClock>().WallClock);
}
