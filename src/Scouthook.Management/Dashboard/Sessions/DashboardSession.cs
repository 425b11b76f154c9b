using System.Security.Claims;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.Extensions.Logging;
using Scouthook.Inbox.Model;
using Scouthook.Inbox.Storage;
using Scouthook.Management.Authentication;

namespace Scouthook.Management.Dashboard.Sessions;

/// <summary>The session of one open page: who acts, and until when.</summary>
/// <remarks>
/// A circuit lives on when its key is revoked, so the key is checked again every minute, and a page acts only through
/// <see cref="Caller"/>, which throws once the session has ended.
/// </remarks>
internal sealed class DashboardSession(
    AuthenticationStateProvider authentication,
    ISessionCheck check,
    TimeProvider timeProvider,
    ILogger<DashboardSession> logger) : IAsyncDisposable
{
    public static readonly TimeSpan CheckInterval = TimeSpan.FromMinutes(1);

    private readonly CancellationTokenSource _stopped = new();
    private Caller? _caller;
    private Task? _checking;
    private bool _hasStarted;

    /// <summary>Raised once, when the session ends while the page is open.</summary>
    public event Action? Ended;

    public bool HasEnded => _hasStarted && _caller is null;

    /// <exception cref="SessionEndedException">The session has ended.</exception>
    public Caller Caller => _caller ?? throw new SessionEndedException();

    public bool IsOperator => _caller?.May(ApiRole.Operator) is true;

    public bool IsAdmin => _caller?.May(ApiRole.Admin) is true;

    /// <summary>Reads the caller of the circuit. Every page waits for this before it shows anything.</summary>
    public async Task StartAsync()
    {
        if (_hasStarted)
        {
            return;
        }

        var user = (await authentication.GetAuthenticationStateAsync()).User;
        _caller = await CheckAsync(user);
        _hasStarted = true;
        _checking ??= CheckRepeatedlyAsync(user);
    }

    public async ValueTask DisposeAsync()
    {
        await _stopped.CancelAsync();
        if (_checking is not null)
        {
            await _checking;
        }

        _stopped.Dispose();
    }

    private async Task<Caller?> CheckAsync(ClaimsPrincipal user) =>
        timeProvider.GetUtcNow() < SessionIdentity.ReadEnd(user) ? await check.CheckAsync(user, _stopped.Token) : null;

    private async Task CheckRepeatedlyAsync(ClaimsPrincipal user)
    {
        try
        {
            using var timer = new PeriodicTimer(CheckInterval, timeProvider);
            while (_caller is not null && await timer.WaitForNextTickAsync(_stopped.Token))
            {
                try
                {
                    _caller = await CheckAsync(user);
                }
                catch (InboxUnavailableException exception)
                {
                    // Without the store there is nothing to see either; the next check decides.
                    ManagementLog.SessionNotChecked(logger, exception);
                }
            }

            Ended?.Invoke();
        }
        catch (OperationCanceledException)
        {
            // The page was closed.
        }
    }
}
