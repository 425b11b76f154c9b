using System.ComponentModel;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Logging;
using MudBlazor;
using Scouthook.Inbox.Delivering.Secrets;
using Scouthook.Inbox.Storage;
using Scouthook.Management.Authentication;
using Scouthook.Management.Dashboard.Sessions;
using Scouthook.Management.Services;

namespace Scouthook.Management.Dashboard.Components.Controls;

/// <summary>A page of the dashboard: loads, stays current, acts, and reports failures in words.</summary>
/// <remarks>Public only because Razor components are.</remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class DashboardPage : ComponentBase, IDisposable
{
    /// <summary>
    /// After this time, what is counted in the background and the results that pages share contain the last change.
    /// </summary>
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(6);

    private readonly CancellationTokenSource _closed = new();
    private IDisposable? _notifications;
    private ITimer? _timer;
    private int _isStale;
    private int _isRefreshing;
    private int _readsLeft;
    private long _changedAt;

    /// <summary>Creates a page.</summary>
    protected DashboardPage() => Closed = _closed.Token;

    [Inject]
    private protected DashboardSession Session { get; set; } = default!;

    [Inject]
    private protected NavigationManager Navigation { get; set; } = default!;

    [Inject]
    private protected TimeProvider Clock { get; set; } = default!;

    [Inject]
    private ISnackbar Snackbar { get; set; } = default!;

    [Inject]
    private IDialogService Dialogs { get; set; } = default!;

    [Inject]
    private ChangeService Changes { get; set; } = default!;

    [Inject]
    private ILogger<DashboardPage> Logger { get; set; } = default!;

    private protected bool IsLoading { get; private set; } = true;

    /// <summary>Why the page could not be loaded.</summary>
    private protected string? Problem { get; set; }

    /// <summary>True while an action runs; buttons are disabled.</summary>
    private protected bool IsBusy { get; private set; }

    /// <summary>Set when the page is closed.</summary>
    private protected CancellationToken Closed { get; }

    /// <summary>Reads all that the page shows.</summary>
    private protected virtual Task ReadAsync() => Task.CompletedTask;

    /// <summary>Reads again what has changed.</summary>
    /// <returns>True if there is something new to show.</returns>
    private protected virtual async Task<bool> RereadAsync()
    {
        await ReadAsync();
        return true;
    }

    /// <summary>True while changes are left for later.</summary>
    private protected virtual bool IsPaused => false;

    /// <inheritdoc />
    protected override async Task OnParametersSetAsync()
    {
        await Session.StartAsync();
        await LoadAsync();
    }

    private protected async Task LoadAsync()
    {
        IsLoading = true;
        Problem = await TryAsync(ReadAsync);
        IsLoading = false;
    }

    /// <summary>Reads the page again when something has changed, at most once in this time, and twice after the last change.</summary>
    private protected void StayCurrent(TimeSpan atMost)
    {
        if (_notifications is null)
        {
            _notifications = Changes.Notify(Session.Caller, () => Interlocked.Exchange(ref _isStale, 1));

            // Nobody notified the page of what has changed since it was read.
            Interlocked.Exchange(ref _isStale, 1);
        }

        _timer ??= Clock.CreateTimer(_ => _ = InvokeAsync(RefreshAsync), null, atMost, atMost);
    }

    /// <summary>Reads the page again at intervals, whether anything has changed or not.</summary>
    private protected void Repeat(TimeSpan interval) => _timer ??= Clock.CreateTimer(
        _ =>
        {
            Interlocked.Exchange(ref _isStale, 1);
            _ = InvokeAsync(RefreshAsync);
        },
        null, interval, interval);

    /// <summary>Acts, and reports the result: a sentence on success, or the reason of a refusal.</summary>
    /// <param name="done">Reported on success; <see langword="null"/> to report nothing.</param>
    /// <param name="action">Returns the reason of a refusal, or <see langword="null"/>.</param>
    /// <returns>True on success.</returns>
    private protected async Task<bool> ActAsync(string? done, Func<Task<string?>> action)
    {
        if (IsBusy)
        {
            return false;
        }

        IsBusy = true;
        string? refusal = null;
        var failure = await TryAsync(async () => refusal = await action()) ?? refusal;
        IsBusy = false;
        if (failure is not null)
        {
            Snackbar.Add(failure, Severity.Error, options => options.VisibleStateDuration = 10_000);
        }
        else if (done is not null)
        {
            Snackbar.Add(done, Severity.Success);
        }

        if (!_closed.IsCancellationRequested)
        {
            // The result first: reading may have to wait for others.
            StateHasChanged();
            await TryAsync(ReadAsync);
        }

        return failure is null;
    }

    private protected async Task<bool> ConfirmAsync(string title, string question, string yes) =>
        await Dialogs.ShowMessageBoxAsync(title, question, yesText: yes, cancelText: "Cancel") is true;

    private protected void GoTo(string address) => Navigation.NavigateTo(address);

    /// <summary>Changes parameters of the address, so that a link or a reload shows the same.</summary>
    private protected void SetQuery(params (string Name, object? Value)[] values) => Navigation.NavigateTo(
        Navigation.GetUriWithQueryParameters(values.ToDictionary(value => value.Name, value => value.Value is "" ? null : value.Value)),
        replace: true);

    /// <inheritdoc />
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Ends what the page has started.</summary>
    /// <param name="isDisposing">Always true.</param>
    protected virtual void Dispose(bool isDisposing)
    {
        if (_closed.IsCancellationRequested)
        {
            return;
        }

        _closed.Cancel();
        _notifications?.Dispose();
        _timer?.Dispose();
        _closed.Dispose();
    }

    private async Task RefreshAsync()
    {
        if (_closed.IsCancellationRequested || IsPaused || IsBusy || Interlocked.Exchange(ref _isRefreshing, 1) == 1)
        {
            return;
        }

        try
        {
            if (MustRead())
            {
                var (problem, isNew) = (Problem, false);
                Problem = await TryAsync(async () => isNew = await RereadAsync());
                if (isNew || Problem != problem)
                {
                    StateHasChanged();
                }
            }
        }
        finally
        {
            Interlocked.Exchange(ref _isRefreshing, 0);
        }
    }

    private bool MustRead()
    {
        if (Interlocked.Exchange(ref _isStale, 0) == 1)
        {
            (_readsLeft, _changedAt) = (2, Clock.GetTimestamp());
            return true;
        }

        if (_readsLeft == 0 || (_readsLeft == 1 && Clock.GetElapsedTime(_changedAt) < Settling))
        {
            return false;
        }

        _readsLeft--;
        return true;
    }

    /// <returns>The reason of a failure, or <see langword="null"/>.</returns>
    private async Task<string?> TryAsync(Func<Task> action)
    {
        try
        {
            await action();
            return null;
        }
        catch (OperationCanceledException) when (_closed.IsCancellationRequested)
        {
            return null;
        }
        catch (Exception exception) when (exception is NotAllowedException or SessionEndedException or FilterException or LookupsBusyException
            or KeyRingUnusableException or InboxCorruptException)
        {
            return exception.Message;
        }
        catch (InboxUnavailableException exception)
        {
            return $"{exception.Message} Try again later.";
        }
        catch (InvalidCursorException)
        {
            return "The address of this page is no longer valid. Go back to the first page.";
        }
        catch (Exception exception)
        {
            ManagementLog.PageFailed(Logger, GetType().Name, exception);
            return "This failed unexpectedly. The log of the gateway has the reason.";
        }
    }
}
