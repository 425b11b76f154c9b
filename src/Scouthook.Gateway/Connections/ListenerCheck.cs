using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.DependencyInjection;

namespace Scouthook.Gateway.Connections;

/// <summary>Finds an address that is in use before the store is opened.</summary>
/// <remarks>
/// The server binds its addresses last. Without this check, a start that fails because of a port would leave a data
/// directory behind. It is a check and not a reservation: the server still reports what changes in between.
/// </remarks>
internal static class ListenerCheck
{
    /// <exception cref="IOException">An address is in use; the message is the one of the server.</exception>
    public static void ThrowIfInUse(IServiceProvider services)
    {
        if (services.GetRequiredService<ManagementListeners>().Addresses
            .FirstOrDefault(url => ListenAddress.Parse(url)?.IsInUse() ?? false) is { } taken)
        {
            var message = $"Failed to bind to address {taken}: address already in use.";
            throw new IOException(message, new AddressInUseException(message));
        }
    }
}
