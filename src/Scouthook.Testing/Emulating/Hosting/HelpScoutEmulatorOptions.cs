using Microsoft.AspNetCore.Routing;

namespace Scouthook.Testing;

/// <summary>Configures a <see cref="HelpScoutEmulator"/>.</summary>
/// <remarks>
/// Help Scout does not document everything that a receiver may notice. Each such detail is an option here, and its
/// default is an assumption; the descriptions say which. An emulator that lives for minutes cannot wait a day for a
/// retry, so durations go by <see cref="TimeProvider"/>.
/// </remarks>
public sealed class HelpScoutEmulatorOptions
{
    /// <summary>The starting point of ids, texts, tokens and disturbances.</summary>
    /// <value>The default is 1. The same seed, clock and actions result in the same bodies, byte for byte.</value>
    public int Seed { get; set; } = 1;

    /// <summary>The addresses to listen on, separated by semicolons.</summary>
    /// <value>The default is <c>http://127.0.0.1:0</c>: a free port, reachable from this machine only.</value>
    public string Urls { get; set; } = "http://127.0.0.1:0";

    /// <summary>The clock of the emulator: times in bodies, retries, timeouts, tokens and rate limits.</summary>
    /// <value>The default is the system's clock. With a fake one, a day of retries takes no time.</value>
    /// <remarks>
    /// Wait for <see cref="HelpScoutEmulator.WaitUntilIdleAsync"/> before you advance a fake clock, because the timeout of
    /// a running request goes by it too.
    /// </remarks>
    public TimeProvider TimeProvider { get; set; } = TimeProvider.System;

    /// <summary>The client id that gets tokens.</summary>
    /// <value>The default is <c>scouthook</c>.</value>
    public string ClientId { get; set; } = "scouthook";

    /// <summary>The client secret that gets tokens.</summary>
    /// <value>The default is <c>scouthook</c>.</value>
    public string ClientSecret { get; set; } = "scouthook";

    /// <summary>The code that <c>grant_type=authorization_code</c> accepts; its response contains a refresh token.</summary>
    /// <value>The default is <c>scouthook</c>. The page where a user approves an app is not imitated.</value>
    public string AuthorizationCode { get; set; } = "scouthook";

    /// <summary>How long an access token is valid.</summary>
    /// <value>The default is 2 days, as documented.</value>
    public TimeSpan TokenLifetime { get; set; } = TimeSpan.FromDays(2);

    /// <summary>The number of API requests allowed per minute; writes count as 2. <see langword="null"/> for no limit.</summary>
    /// <value>The default is 200. Help Scout's limit depends on the plan.</value>
    public int? RequestsPerMinute { get; set; } = 200;

    /// <summary>The size above which the API rejects a request with 413.</summary>
    /// <value>The default is 1 MiB. Help Scout's limit is not documented.</value>
    public int MaxRequestBytes { get; set; } = 1024 * 1024;

    /// <summary>Rejects secrets of more than 40 characters in the API.</summary>
    /// <value>
    /// The default is <see langword="false"/>. The documentation says "40 characters or less", but longer secrets are
    /// in use.
    /// </value>
    public bool EnforceSecretLength { get; set; }

    /// <summary>The payload version of webhooks that are registered without one.</summary>
    /// <value>The default is <c>V2</c>, as documented.</value>
    public string PayloadVersion { get; set; } = "V2";

    /// <summary>How long the sending side waits for a response.</summary>
    /// <value>The default is 10 seconds. Not documented.</value>
    public TimeSpan ResponseTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>The number of attempts, including the first, after which an event is discarded.</summary>
    /// <value>The default is 10, as two copies of the documentation say.</value>
    public int MaxAttempts { get; set; } = 10;

    /// <summary>The delays before the second attempt, the third and so on. The last one is used for all further attempts.</summary>
    /// <value>
    /// The default doubles: 1 s, 2 s, 4 s, up to 256 s. Only the growth is documented. Retries have been observed up to
    /// about a day after the event.
    /// </value>
    public IList<TimeSpan> RetrySchedule { get; set; } = [.. Enumerable.Range(0, 9).Select(power => TimeSpan.FromSeconds(1 << power))];

    /// <summary>Signs retries with the secret in force at the attempt, instead of the one when the event happened.</summary>
    /// <value>The default is <see langword="false"/>. Not documented.</value>
    public bool RetriesUseCurrentSecret { get; set; }

    /// <summary>The number of discarded events that disables a webhook.</summary>
    /// <value>The default is 10, as two copies of the documentation say.</value>
    public int DiscardsBeforeDisabling { get; set; } = 10;

    /// <summary>Starts to count discarded events from 0 after each acknowledged event.</summary>
    /// <value>The default is <see langword="false"/>. Not documented. Enabling a webhook always resets the count.</value>
    public bool SuccessResetsDiscards { get; set; }

    /// <summary>The number of requests to one webhook that may be outstanding.</summary>
    /// <value>
    /// The default is 1: events arrive in the order they happened, unless a retry overtakes or is overtaken. With more,
    /// no order is kept, which is all that Help Scout promises.
    /// </value>
    public int ConcurrentRequests { get; set; } = 1;

    /// <summary>How bodies are encoded.</summary>
    /// <value>The default is <see cref="BodyEncoding.Php"/>, as captured. Some bodies may be written by other services.</value>
    public BodyEncoding Encoding { get; set; } = BodyEncoding.Php;

    /// <summary>Creates the JSON body of a webhook in notification mode from the address of the resource.</summary>
    /// <value>
    /// The default is <c>{"_links":{"self":{"href":"…"}}}</c>. The documentation says only that the body is a resource
    /// URI. The result is written in the style of <see cref="Encoding"/>.
    /// </value>
    public Func<Uri, string> NotificationBody { get; set; } = NotificationText.Create;

    /// <summary>Replaces <c>https://api.helpscout.net</c> in bodies with the address of the emulator.</summary>
    /// <value>
    /// The default is <see langword="false"/>: bodies do not depend on the port. Set it for receivers that follow links.
    /// </value>
    public bool LinkToEmulator { get; set; }

    /// <summary>The largest number of threads embedded in a conversation, newest first.</summary>
    /// <value>The default is 5. Not documented.</value>
    public int EmbeddedThreads { get; set; } = 5;

    /// <summary>Embeds line items too: changes of the status, the assignee and the like.</summary>
    /// <value>The default is <see langword="false"/>. Not documented; for merged conversations, integrators saw none.</value>
    public bool EmbedLineItems { get; set; }

    /// <summary>
    /// The largest body that is sent; a conversation above it loses its oldest embedded threads. <see langword="null"/>
    /// for no limit.
    /// </summary>
    /// <value>The default is <see langword="null"/>. Not documented.</value>
    public int? MaxBodyBytes { get; set; }

    /// <summary>The number of attempts that the delivery log of each webhook keeps.</summary>
    /// <value>The default is 1,000.</value>
    public int DeliveryLogLength { get; set; } = 1000;

    /// <summary>The mean number of events per second of a busy day, which begins with the start; see <see cref="BusyDay"/>.</summary>
    /// <value>The default is <see langword="null"/>: nothing happens by itself.</value>
    /// <remarks>
    /// The first events happen before <see cref="HelpScoutEmulator.StartAsync"/> returns; only <see cref="Webhooks"/> get them.
    /// </remarks>
    public double? EventsPerSecond { get; set; }

    /// <summary>Webhooks that exist from the start, as added by <see cref="HelpScoutEmulator.AddWebhook(WebhookDefinition)"/>.</summary>
    /// <value>The default is empty.</value>
    public IList<WebhookDefinition> Webhooks { get; } = [];

    /// <summary>Disturbances of the sending side. All are off by default.</summary>
    public HelpScoutChaos Chaos { get; } = new();

    /// <summary>Adds routes outside <c>/v2</c> to the server: a page that shows the emulator and acts on it.</summary>
    internal Action<HelpScoutEmulator, IEndpointRouteBuilder>? MapPage { get; set; }
}
