using Microsoft.AspNetCore.Routing;
using Scouthook.Events;
using Scouthook.Payloads;
using Scouthook.Signing;
using Scouthook.Testing.Emulating.Http;

namespace Scouthook.Testing;

/// <summary>A Help Scout that runs on this machine: its API, its account and its webhooks.</summary>
/// <remarks>
/// <para>
/// A real HTTP server answers <c>/v2/oauth2/token</c>, <c>/v2/webhooks</c> and the reads of the Inbox API. What people do
/// in <see cref="Account"/> is sent to the webhooks: signed, encoded, retried and discarded as Help Scout does.
/// </para>
/// <para>What Help Scout does not document is an option; see <see cref="HelpScoutEmulatorOptions"/>.</para>
/// </remarks>
/// <example>
/// <code>
/// await using var helpScout = await HelpScoutEmulator.StartAsync();
/// helpScout.AddWebhook("http://127.0.0.1:5000/webhook", secret);
/// helpScout.Account.ReceiveEmail("ana@example.com", "Invoice", "Could you send it again?");
/// await helpScout.WaitUntilSentAsync();
/// </code>
/// </example>
public sealed class HelpScoutEmulator : IAsyncDisposable
{
    private const string TestEvent = "helpscout.test";

    private readonly HelpScoutEmulatorOptions _options;
    private readonly AccessTokens _tokens;
    private readonly DeliveryEngine _engine;
    private readonly WebhookBodies _bodies;
    private readonly CancellationTokenSource _evening = new();
    private ApiServer? _server;
    private Task _busyDay = Task.CompletedTask;
    private int _disposed;

    private HelpScoutEmulator(HelpScoutEmulatorOptions options)
    {
        _options = options;
        Ids = new IdSource(options.Seed);
        _tokens = new AccessTokens(options.TokenLifetime, Ids, options.TimeProvider);
        _engine = new DeliveryEngine(options);
        _bodies = new WebhookBodies(options, () => Address);
        Account = new HelpScoutAccount(options.Seed, options.TimeProvider) { EmbeddedThreads = options.EmbeddedThreads };
        Account.Emitted += Send;
    }

    /// <summary>The address of the API; <c>v2/webhooks</c> and everything else is below it.</summary>
    public Uri Address => _server?.Address ?? throw new InvalidOperationException("The emulator has not started.");

    /// <summary>The client id that gets tokens.</summary>
    public string ClientId => _options.ClientId;

    /// <summary>The client secret that gets tokens.</summary>
    public string ClientSecret => _options.ClientSecret;

    /// <summary>The account. What happens in it is sent to the webhooks.</summary>
    public HelpScoutAccount Account { get; }

    /// <summary>The disturbances of the sending side; changes apply to events that happen later.</summary>
    public HelpScoutChaos Chaos => _options.Chaos;

    /// <summary>The webhooks with their delivery logs, as of now, in the order of their ids.</summary>
    public IReadOnlyList<EmulatedWebhook> Webhooks => _engine.Snapshot();

    /// <summary>Raised for every attempt with the id of the webhook. A subscriber must return quickly, as for the account.</summary>
    internal event Action<long, EmulatedAttempt>? Attempted
    {
        add => _engine.Attempted += value;
        remove => _engine.Attempted -= value;
    }

    private IdSource Ids { get; }

    /// <summary>Starts an emulator on a free port.</summary>
    /// <param name="configure">Changes the options.</param>
    /// <param name="cancellationToken">Cancels the start.</param>
    /// <returns>The emulator. Dispose it to stop.</returns>
    /// <exception cref="ArgumentException">An option is not valid.</exception>
    /// <exception cref="IOException">An address is in use.</exception>
    public static async Task<HelpScoutEmulator> StartAsync(
        Action<HelpScoutEmulatorOptions>? configure = null, CancellationToken cancellationToken = default)
    {
        var options = new HelpScoutEmulatorOptions();
        configure?.Invoke(options);
        EmulatorOptionsRules.Check(options);

        var emulator = new HelpScoutEmulator(options);
        try
        {
            emulator._server = await ApiServer.StartAsync(
                options, emulator._tokens, emulator.Ids, emulator.Map, cancellationToken);
            foreach (var webhook in options.Webhooks)
            {
                emulator.AddWebhook(webhook);
            }

            if (options.EventsPerSecond is { } rate)
            {
                emulator._busyDay = new BusyDay(emulator.Account, options.Seed).RunAsync(rate, emulator._evening.Token);
            }

            return emulator;
        }
        catch
        {
            await emulator.DisposeAsync();
            throw;
        }
    }

    /// <summary>Adds a webhook as in the UI of Help Scout, which accepts all 26 events.</summary>
    /// <param name="url">Where events are sent: an absolute http or https address.</param>
    /// <param name="secret">The secret that signs them.</param>
    /// <param name="events">The events to send; all 26 if there are none.</param>
    /// <returns>The webhook.</returns>
    /// <exception cref="ArgumentException">The address, the secret or an event name is not valid.</exception>
    public EmulatedWebhook AddWebhook(string url, string secret, params string[] events)
    {
        ArgumentNullException.ThrowIfNull(events);

        var definition = new WebhookDefinition { Url = url, Secret = secret };
        return AddWebhook(events.Length is 0 ? definition : definition with { Events = events });
    }

    /// <summary>Adds a webhook as in the UI of Help Scout, which accepts all 26 events.</summary>
    /// <param name="definition">The webhook.</param>
    /// <returns>The webhook.</returns>
    /// <exception cref="ArgumentException">The address, the secret or an event name is not valid.</exception>
    public EmulatedWebhook AddWebhook(WebhookDefinition definition)
    {
        ArgumentNullException.ThrowIfNull(definition);

        if (!WebhookJson.IsAddress(definition.Url))
        {
            throw new ArgumentException("The URL of a webhook must be absolute and start with http or https.", nameof(definition));
        }

        if (definition.Events.FirstOrDefault(name => HelpScoutEventCatalog.Find(name) is null) is { } unknown)
        {
            throw new ArgumentException($"Help Scout has no event '{unknown}'.", nameof(definition));
        }

        // Rejects an empty secret with a message of its own.
        _ = new SigningSecret(definition.Secret);

        // Copies, because the lists belong to the caller.
        return _engine.Add(definition with { Events = [.. definition.Events], MailboxIds = [.. definition.MailboxIds] });
    }

    /// <summary>Deletes a webhook.</summary>
    /// <param name="webhookId">The id of the webhook.</param>
    /// <exception cref="ArgumentException">There is no webhook with this id.</exception>
    public void DeleteWebhook(long webhookId) => Require(_engine.TryRemove(webhookId), webhookId);

    /// <summary>Disables a webhook, as Help Scout does after too many discarded events. Pending events are dropped.</summary>
    /// <param name="webhookId">The id of the webhook.</param>
    /// <exception cref="ArgumentException">There is no webhook with this id.</exception>
    public void Disable(long webhookId) =>
        Require(_engine.TryChange(webhookId, webhook => webhook.Disable("It was disabled in the UI.")), webhookId);

    /// <summary>Enables a webhook as in the UI, and forgets its discarded events.</summary>
    /// <param name="webhookId">The id of the webhook.</param>
    /// <exception cref="ArgumentException">There is no webhook with this id.</exception>
    public void Enable(long webhookId) => Require(_engine.TryChange(webhookId, webhook => webhook.Enable()), webhookId);

    /// <summary>Sends the event <c>helpscout.test</c> to a webhook, and waits until it is acknowledged or discarded.</summary>
    /// <param name="webhookId">The id of the webhook, which need not be registered for the event.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <exception cref="ArgumentException">There is no webhook with this id, or it is disabled.</exception>
    /// <remarks>The body is <c>{"id":123}</c>, as in the tests of Help Scout's SDKs. Nothing more is known about this event.</remarks>
    public Task SendTestEventAsync(long webhookId, CancellationToken cancellationToken = default)
    {
        if (!_engine.TryEmitTo(webhookId, TestEvent, """{"id":123}"""u8.ToArray()))
        {
            throw new ArgumentException($"There is no enabled webhook {webhookId}.", nameof(webhookId));
        }

        return _engine.WaitUntilSentAsync(cancellationToken);
    }

    /// <summary>
    /// Waits until every webhook has acknowledged, discarded or dropped every event that has happened until now.
    /// </summary>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <remarks>That includes retries and duplicates, so it takes as long as the retry schedule if a receiver is down.</remarks>
    public Task WaitUntilSentAsync(CancellationToken cancellationToken = default) => _engine.WaitUntilSentAsync(cancellationToken);

    /// <summary>Waits until no request is running and none is due.</summary>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <returns>When the next request is due, or <see langword="null"/> if everything is sent.</returns>
    /// <example>
    /// Plays a day of retries with a <c>FakeTimeProvider</c>:
    /// <code>
    /// while (await helpScout.WaitUntilIdleAsync() is { } next)
    /// {
    ///     clock.SetUtcNow(next);
    /// }
    /// </code>
    /// </example>
    public Task<DateTimeOffset?> WaitUntilIdleAsync(CancellationToken cancellationToken = default) =>
        _engine.WaitUntilIdleAsync(cancellationToken);

    /// <summary>
    /// Ends the busy day of <see cref="HelpScoutEmulatorOptions.EventsPerSecond"/>. What happened before is still sent; to
    /// compare it with what arrived, wait for <see cref="WaitUntilSentAsync"/> afterwards.
    /// </summary>
    /// <returns>A task that completes when nothing happens by itself any more.</returns>
    public async Task EndBusyDayAsync()
    {
        if (Volatile.Read(ref _disposed) is 0)
        {
            await _evening.CancelAsync();
        }

        await _busyDay.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <summary>Ends all access tokens, as a changed password does. Requests that use one get 401.</summary>
    public void RevokeTokens() => _tokens.Revoke();

    /// <summary>Stops the server and the sending side. Requests that are running are aborted.</summary>
    /// <returns>A task that completes when everything has stopped.</returns>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) is not 0)
        {
            return;
        }

        // The day ends first, so that nothing happens that is not even queued.
        await _evening.CancelAsync();
        await _busyDay.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        Account.Emitted -= Send;
        await _engine.DisposeAsync();
        if (_server is not null)
        {
            await _server.DisposeAsync();
        }

        _evening.Dispose();
    }

    private static void Require(bool found, long webhookId)
    {
        if (!found)
        {
            throw new ArgumentException($"There is no webhook {webhookId}.", nameof(webhookId));
        }
    }

    private void Send(AccountEvent happened)
    {
        // Now, while the account is locked: the body is written later, and must not show later threads.
        var threads = _options.EmbedLineItems && happened.Payload is Conversation conversation
            ? Account.FindThreads(conversation.Id)
            : null;
        _engine.Emit(happened.Name, happened.MailboxId, kind => _bodies.Write(happened, threads, kind));
    }

    private void Map(ApiServer server, IEndpointRouteBuilder routes)
    {
        Uri Address() => server.Address;
        new WebhooksApi(_engine, _options, Address).Map(routes);
        new ConversationsApi(Account, Address).Map(routes);
        new DirectoryApi(Account, Address).Map(routes);
        _options.MapPage?.Invoke(this, routes);
    }
}
