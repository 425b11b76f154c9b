using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Scouthook.Handling;
using Scouthook.Inbox.Delivering;
using Scouthook.Inbox.Model;
using Scouthook.Inbox.Storage;

namespace Scouthook.Inbox.Declaring;

/// <summary>Makes the store's endpoints be what configuration and code declare, before anything is received.</summary>
internal sealed class EndpointDeclarations(
    LiveEndpoints configured,
    EventHandlerTable handlers,
    IEndpointStore store,
    SecretProtector protector,
    TimeProvider timeProvider,
    ILogger<EndpointDeclarations> logger)
    : PeriodicService(TimeSpan.FromHours(1), timeProvider, logger, configured.Changed)
{
    private const string NotConfigured = "The configuration does not declare it any more.";
    private const string NotRegistered = "The app does not register it any more.";

    private readonly TimeProvider _timeProvider = timeProvider;
    private readonly Latch _pause = new();
    private readonly HashSet<string> _notEncrypted = new(StringComparer.Ordinal);

    protected override bool WaitsFirst => true;

    /// <exception cref="OptionsValidationException">A handler has no name, or shares one.</exception>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        CheckNames();
        try
        {
            if (!await DeclareAsync(cancellationToken))
            {
                configured.Changed.Set();
            }
        }
        catch (Exception exception) when (exception is not (OperationCanceledException or InboxRefusedException))
        {
            LogPostponed(exception);
            configured.Changed.Set();
        }

        await base.StartAsync(cancellationToken);
    }

    protected override async Task<bool> RunOnceAsync(CancellationToken stoppingToken)
    {
        if (await DeclareAsync(stoppingToken))
        {
            return false;
        }

        await _pause.WaitAsync(TimeSpan.FromSeconds(1), _timeProvider, stoppingToken);
        return true;
    }

    protected override void LogPostponed(Exception exception) => InboxLog.DeclaringPostponed(logger, exception);

    /// <summary>A stored event is owed to a handler by its name, so every handler needs one that stays and is its own.</summary>
    private void CheckNames()
    {
        var mistakes = handlers.All
            .Where(handler => handler.Name is null)
            .Select(handler => $"{handler.DisplayName} has no name. With an inbox every handler needs one that stays the "
                + "same from start to start: give it as the first argument of AddHandler.")
            .Concat(handlers.All
                .Where(handler => handler.Name is not null)
                .GroupBy(handler => handler.Name!, StringComparer.OrdinalIgnoreCase)
                .Where(group => group.Count() > 1)
                .Select(group => $"{group.Count()} handlers are named {group.Key}. With an inbox each needs a name of its "
                    + "own: give one as the first argument of AddHandler."))
            .ToList();
        if (mistakes.Count > 0)
        {
            throw new OptionsValidationException("Scouthook", typeof(EventHandlerRegistration), mistakes);
        }
    }

    /// <returns>Whether all of it is stored.</returns>
    private async Task<bool> DeclareAsync(CancellationToken cancellationToken)
    {
        await DeclareAsync(EndpointOrigin.Code, Handlers(), NotRegistered);
        var (declared, isComplete) = await ConfiguredAsync(cancellationToken);
        await DeclareAsync(EndpointOrigin.Configuration, declared, NotConfigured);
        return isComplete;
    }

    private async Task DeclareAsync(
        EndpointOrigin origin, IReadOnlyList<EndpointDeclaration> declared, string goneReason)
    {
        foreach (var name in await store.DeclareAsync(origin, declared, goneReason, _timeProvider.GetUtcNow()))
        {
            InboxLog.NameTaken(logger, name, origin is EndpointOrigin.Code ? "the app" : "the configuration");
        }
    }

    private List<EndpointDeclaration> Handlers() =>
        [.. handlers.All.Select(it => new EndpointDeclaration(HandlerSubscription.Define(it), StartPosition.Now))];

    /// <returns>
    /// What is declared, without new endpoints whose secret cannot be encrypted now, and whether that is all of it.
    /// </returns>
    private async Task<(List<EndpointDeclaration> Declared, bool IsComplete)> ConfiguredAsync(CancellationToken cancellationToken)
    {
        var known = (await store.ListAsync(cancellationToken))
            .Where(endpoint => endpoint.Origin is EndpointOrigin.Configuration)
            .ToDictionary(endpoint => endpoint.Name, StringComparer.OrdinalIgnoreCase);
        var all = new List<EndpointDeclaration>();
        var notEncrypted = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (declaration, secret) in configured.Current)
        {
            var (name, stored) = (declaration.Definition.Name, known.GetValueOrDefault(declaration.Definition.Name));
            try
            {
                all.Add(declaration with { Definition = declaration.Definition with { Secrets = Secrets(stored, secret) } });
            }
            catch (KeyRingUnusableException exception)
            {
                notEncrypted.Add(name);
                if (_notEncrypted.Add(name))
                {
                    InboxLog.SecretNotEncrypted(logger, name, exception.Message);
                }

                if (stored is not null)
                {
                    // Everything else that is declared of it takes effect; the secret it has stays until another can be stored.
                    all.Add(declaration);
                }
            }
        }

        _notEncrypted.IntersectWith(notEncrypted);
        return (all, notEncrypted.Count == 0);
    }

    /// <summary>The secrets to store; <see langword="null"/>: those that are stored stay.</summary>
    /// <remarks>
    /// Another secret in the configuration is a rotation: the receiver gets time to learn it. One that was made and cannot
    /// be decrypted stays as it is: the key ring may come back, and another one would be known to nobody.
    /// </remarks>
    private byte[]? Secrets(WebhookEndpoint? known, string? text)
    {
        var stored = known?.Definition.Secrets is { } bytes ? protector.Unprotect(known.Id, bytes) : null;
        if (known?.Definition.Secrets is not null && text is null || stored is not null && stored.Current.Text == text)
        {
            return null;
        }

        var secret = text is not null && EndpointSecret.TryCreate(text, out var given, out _) ? given : EndpointSecret.Generate();
        return protector.Protect(stored?.Rotate(secret, _timeProvider.GetUtcNow()) ?? new EndpointSecrets(secret));
    }
}
