using System.Runtime.InteropServices;

namespace Scouthook.Cli.CommandLine;

/// <summary>Turns the signals that ask the process to end into a cancelled token.</summary>
/// <remarks>
/// A signal that the process was started to ignore stays ignored, as the runtime installs no handler for it:
/// <c>nohup scouthook serve</c> survives its terminal. A repeated signal is rarely impatience. A closing terminal sends
/// SIGHUP twice, service managers may send it right after SIGTERM, and wrappers such as npm repeat the SIGINT that the
/// terminal has already delivered. So only another SIGINT some time after the first signal ends the process at once.
/// </remarks>
internal sealed class TerminationSignals : IDisposable
{
    private static readonly TimeSpan SameRequest = TimeSpan.FromSeconds(1);

    private readonly TimeProvider _timeProvider;
    private readonly CancellationTokenSource _stop = new();
    private readonly TaskCompletionSource _insisted = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock _gate = new();
    private readonly List<PosixSignalRegistration> _registrations = [];
    private long? _firstAt;

    public TerminationSignals(TimeProvider timeProvider)
    {
        _timeProvider = timeProvider;
        foreach (var signal in (PosixSignal[])[PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGHUP])
        {
            _registrations.Add(PosixSignalRegistration.Create(signal, Handle));
        }
    }

    /// <summary>Cancelled by the first signal.</summary>
    public CancellationToken Token => _stop.Token;

    /// <summary>Completes on another Ctrl-C after the first signal.</summary>
    public Task Insisted => _insisted.Task;

    public void Dispose()
    {
        _registrations.ForEach(registration => registration.Dispose());
        _stop.Dispose();
    }

    private void Handle(PosixSignalContext context)
    {
        context.Cancel = true;
        lock (_gate)
        {
            if (_firstAt is { } first)
            {
                if (context.Signal == PosixSignal.SIGINT && _timeProvider.GetElapsedTime(first) >= SameRequest)
                {
                    _insisted.TrySetResult();
                }

                return;
            }

            _firstAt = _timeProvider.GetTimestamp();
        }

        _stop.Cancel();
    }
}
