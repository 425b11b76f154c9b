using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Scouthook.Handling;
using Scouthook.Inbox.Delivering.Secrets;
using Scouthook.Inbox.Hosting;
using Scouthook.Inbox.Model;
using Scouthook.Inbox.Rules;
using Scouthook.Inbox.Storage;

namespace Scouthook.Inbox.Reconciling;

/// <summary>Updates the stored endpoints to match configuration and code, before anything is received.</summary>
internal sealed class EndpointReconciler(
    LiveEndpoints configured,
    EventHandlerTable handlers,
    IEndpointStore store,
    SecretProtector protector,
    DeclarationDisputes disputes,
    TimeProvider timeProvider,
    ILogger<EndpointReconciler> logger)
    : PeriodicService(DeclarationRule.ConfirmEvery, timeProvider, logger, configured.Changed)
{
    private const string NotConfigured = "The configuration does not declare it any more.";
    private const string NotRegistered = "The app does not register it any more.";

    private readonly TimeProvider _timeProvider = timeProvider;
    private readonly AsyncAutoResetEvent _pause = new();
    private readonly HashSet<string> _notEncrypted = new(StringComparer.Ordinal);
    private readonly HashSet<EndpointOrigin> _superseded = [];
    private readonly HashSet<string> _taken = new(StringComparer.OrdinalIgnoreCase);

    protected override bool WaitsFirst => true;

    /// <exception cref="OptionsValidationException">A handler has no name, or shares one.</exception>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        CheckNames();
        try
        {
            if (!await DeclareAsync())
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
        if (await DeclareAsync())
        {
            return false;
        }

        await _pause.WaitAsync(TimeSpan.FromSeconds(1), _timeProvider, stoppingToken);
        return true;
    }

    protected override void LogPostponed(Exception exception) => InboxLog.DeclaringPostponed(logger, exception);

    /// <summary>Deliveries refer to a handler by its name, so every handler needs a unique and lasting one.</summary>
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
                .Select(group => $"{group.Count()} handlers are named {group.Key}. With an inbox, each needs its "
                    + "own name: give one as the first argument of AddHandler."))
            .ToList();
        if (mistakes.Count > 0)
        {
            throw new OptionsValidationException("Scouthook", typeof(EventHandlerRegistration), mistakes);
        }
    }

    /// <returns>Whether all of it is stored.</returns>
    private async Task<bool> DeclareAsync()
    {
        await DeclareAsync(EndpointOrigin.Code, Handlers(), NotRegistered);
        return await DeclareConfiguredAsync();
    }

    private async Task DeclareAsync(
        EndpointOrigin origin, IReadOnlyList<DesiredEndpoint> declared, string goneReason)
    {
        var (now, by) = (_timeProvider.GetUtcNow(), origin is EndpointOrigin.Code ? "the app" : "the configuration");
        var result = await store.DeclareAsync(
            new DesiredEndpointSet(origin, DeclarationFingerprint.Of(declared), declared, goneReason),
            (before, after) => EndpointAudit.Declared(before, after, by, now));
        disputes.Note(origin, by, result);
        foreach (var name in result.TakenNames.Where(_taken.Add))
        {
            InboxLog.NameTaken(logger, name, by);
        }

        _taken.ExceptWith(declared.Select(desired => desired.Definition.Name).Except(result.TakenNames, StringComparer.OrdinalIgnoreCase));

        if (result.Outcome is DeclarationOutcome.Applied)
        {
            _superseded.Remove(origin);
        }
        else if (_superseded.Add(origin))
        {
            InboxLog.DeclarationSuperseded(logger, by, result.NewestSeenAt);
        }
    }

    private List<DesiredEndpoint> Handlers() =>
        [.. handlers.All.Select(handler => new DesiredEndpoint(HandlerSubscription.Define(handler), StartPosition.Now))];

    /// <returns>Whether all declared endpoints and their secrets are in effect.</returns>
    private async Task<bool> DeclareConfiguredAsync()
    {
        var now = _timeProvider.GetUtcNow();
        var notEncrypted = new Dictionary<string, string>(StringComparer.Ordinal);
        await DeclareAsync(
            EndpointOrigin.Configuration,
            [
                .. configured.Current.Select(declared => declared.Declaration with
                {
                    Secrets = known => Secrets(declared, known, now, notEncrypted),
                    IsSecretDeclared = declared.Secret is not null,
                }),
            ],
            NotConfigured);
        foreach (var (name, reason) in notEncrypted)
        {
            if (_notEncrypted.Add(name))
            {
                InboxLog.SecretNotEncrypted(logger, name, reason);
            }
        }

        _notEncrypted.IntersectWith(notEncrypted.Keys);
        return notEncrypted.Count == 0;
    }

    /// <summary>Decides about the secrets inside the transaction that declares.</summary>
    /// <remarks>
    /// A different secret in the configuration starts a rotation: the receiver gets time to learn it. A generated
    /// secret that cannot be decrypted stays unchanged: the key ring may be restored, and no receiver would know
    /// another one. Where no secret can be encrypted now, a stored endpoint keeps its secret, and a new endpoint is
    /// created later.
    /// </remarks>
    private SecretsChange Secrets(
        ConfiguredEndpoint declared, WebhookEndpoint? known, DateTimeOffset now, Dictionary<string, string> notEncrypted)
    {
        var text = declared.Secret;
        var stored = known?.Secrets is { } bytes ? protector.Unprotect(known.Id, bytes) : null;
        if (known?.Secrets is not null && text is null || stored is not null && stored.Current.Text == text)
        {
            return new SecretsChange(EndpointOutcome.Unchanged);
        }

        var secret = text is not null && EndpointSecret.TryCreate(text, out var given, out _) ? given : EndpointSecret.Generate();
        try
        {
            return SecretsChange.Store(protector.Protect(stored?.Rotate(secret, now) ?? new EndpointSecrets(secret)));
        }
        catch (KeyRingUnusableException exception)
        {
            notEncrypted[declared.Declaration.Definition.Name] = exception.Message;
            return new SecretsChange(EndpointOutcome.SecretsUnreadable);
        }
    }
}
