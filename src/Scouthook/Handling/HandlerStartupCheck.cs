using Microsoft.Extensions.Hosting;

namespace Scouthook.Handling;

/// <summary>Stops the app at start when a handler class cannot be created, instead of failing at its first event.</summary>
/// <remarks>
/// The container looks for this only where it validates on build, which by default is in the environment Development alone.
/// Without the check, an app in Production would start, and each event would cost Help Scout's patience.
/// </remarks>
internal sealed class HandlerStartupCheck(
    EventHandlerTable handlers, ServiceDependencies dependencies, IServiceProvider services) : IHostedService
{
    /// <exception cref="InvalidOperationException">A handler needs a service that is not registered.</exception>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        var mistakes = handlers.All
            .Where(handler => handler.HandlerClrType is not null)
            .SelectMany(handler => dependencies.FindMissing(services, handler.HandlerClrType!)
                .Select(missing => $"Handler {handler.DisplayName} cannot be created: {missing}"))
            .Distinct(StringComparer.Ordinal)
            .ToList();
        return mistakes.Count == 0
            ? Task.CompletedTask
            : throw new InvalidOperationException(string.Join(Environment.NewLine, mistakes));
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
