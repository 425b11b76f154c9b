using System.Diagnostics;
using System.Text;

namespace Scouthook.Cli.Tests.Support;

/// <summary>The real tool on a pseudo terminal of <c>script</c> (util-linux), which a test types on.</summary>
internal sealed class ToolOnTerminal : IAsyncDisposable
{
    public const string Enter = "\r";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Process _process;
    private readonly StringBuilder _screen = new();
    private readonly Task _reading;
    private TaskCompletionSource _more = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private ToolOnTerminal(Process process)
    {
        _process = process;
        _reading = ReadAsync();
    }

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    /// <summary>Everything printed until now, control sequences included.</summary>
    public string Screen
    {
        get
        {
            lock (_screen)
            {
                return _screen.ToString();
            }
        }
    }

    public static ToolOnTerminal Start(string[] arguments, params (string Name, string Value)[] environment) =>
        Start(columns: 160, arguments, environment);

    /// <summary>Starts the tool on a terminal of a width.</summary>
    public static ToolOnTerminal Start(int columns, string[] arguments, params (string Name, string Value)[] environment)
    {
        // A pseudo terminal starts without a size.
        var command = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"stty cols {columns} rows 50; exec ") + string.Join(' ', new[] { GatewayProcess.Executable }.Concat(arguments).Select(Quoted));
        var start = new ProcessStartInfo("script", ["--quiet", "--return", "--flush", "--command", command, "/dev/null"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("SCOUTHOOK_", StringComparison.Ordinal)).ToList())
        {
            start.Environment.Remove(name);
        }

        foreach (var (name, value) in environment.Append(("TERM", "xterm")).Append(("SHELL", "/bin/sh")))
        {
            start.Environment[name] = value;
        }

        return new ToolOnTerminal(Process.Start(start)!);
    }

    /// <summary>Waits until a text is on the screen.</summary>
    public async Task WaitForAsync(string text)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(Cancelled);
        timeout.CancelAfter(Patience);
        try
        {
            while (true)
            {
                var more = _more.Task;
                if (Screen.Contains(text, StringComparison.Ordinal))
                {
                    return;
                }

                if (_reading.IsCompleted)
                {
                    throw new InvalidOperationException($"The tool exited without showing '{text}', after: {Screen}");
                }

                await Task.WhenAny(more, _reading).WaitAsync(timeout.Token);
            }
        }
        catch (OperationCanceledException) when (!Cancelled.IsCancellationRequested)
        {
            throw new InvalidOperationException($"'{text}' did not appear. The screen: {Screen}");
        }
    }

    public async Task TypeAsync(string keys)
    {
        await _process.StandardInput.WriteAsync(keys.AsMemory(), Cancelled);
        await _process.StandardInput.FlushAsync(Cancelled);
    }

    /// <summary>Waits until the tool exits.</summary>
    /// <returns>Its exit code.</returns>
    public async Task<int> EndAsync()
    {
        await _process.WaitForExitAsync(Cancelled).WaitAsync(Patience, Cancelled);
        await _reading.WaitAsync(Patience, Cancelled);
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync(CancellationToken.None);
        }

        _process.Dispose();
    }

    private static string Quoted(string argument) => $"'{argument.Replace("'", "'\\''", StringComparison.Ordinal)}'";

    private async Task ReadAsync()
    {
        var buffer = new char[4096];
        while (await _process.StandardOutput.ReadAsync(buffer.AsMemory(), CancellationToken.None) is > 0 and var count)
        {
            lock (_screen)
            {
                _screen.Append(buffer, 0, count);
            }

            Interlocked.Exchange(ref _more, new(TaskCreationOptions.RunContinuationsAsynchronously)).SetResult();
        }
    }
}
