using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;
using Scouthook.Inbox.Delivering.Http;
using Scouthook.Inbox.Delivering.Secrets;
using Scouthook.Inbox.Hosting;
using Scouthook.Inbox.Model;
using Scouthook.Inbox.Storage;

namespace Scouthook.Inbox.Delivering;

/// <summary>
/// Reports endpoints that cannot be delivered to at present: blocked addresses, secrets that cannot be decrypted.
/// </summary>
internal sealed class EndpointMonitor(
    IEndpointStore endpoints,
    IInbox inbox,
    BlockedEndpoints refused,
    KeyRingCheck keys,
    TimeProvider timeProvider,
    ILogger<EndpointMonitor> logger)
    : PeriodicService(TimeSpan.FromSeconds(13), timeProvider, logger)
{
    private readonly TimeProvider _timeProvider = timeProvider;
    private string? _logged;
    private bool _isRaised;

    /// <summary>
    /// Reports every stored endpoint whose address is blocked, and each new problem with the key ring once.
    /// </summary>
    internal async Task CheckAsync(CancellationToken cancellationToken)
    {
        refused.Check(await endpoints.ListAsync(cancellationToken));
        if (await keys.FindAsync(cancellationToken) is not { } trouble)
        {
            _logged = null;
            _isRaised = false;
            return;
        }

        if (_logged != trouble.Reason)
        {
            _logged = trouble.Reason;
            InboxLog.KeyRingProblem(logger, trouble.Reason);
        }

        if (!_isRaised)
        {
            var facts = new JsonObject
            {
                ["endpoints"] = new JsonArray([.. trouble.Endpoints.Select(name => JsonValue.Create(name))]),
                ["sources"] = new JsonArray([.. trouble.Sources.Select(name => JsonValue.Create(name))]),
            };
            _isRaised = true;
            try
            {
                await inbox.AppendAsync([OperationalEvent.Create(
                    OperationalEvent.KeysUnreadable, trouble.Reason, facts, _timeProvider.GetUtcNow())]);
            }
            catch
            {
                _isRaised = false;
                throw;
            }
        }
    }

    protected override async Task<bool> RunOnceAsync(CancellationToken stoppingToken)
    {
        await CheckAsync(stoppingToken);
        return false;
    }

    protected override void LogPostponed(Exception exception) => InboxLog.EndpointCheckPostponed(logger, exception);
}
