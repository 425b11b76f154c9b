using System.Diagnostics;
using System.IO.Pipelines;

namespace Scouthook.Cli.Tests.Support;

/// <summary>The real tool, started as a process.</summary>
internal sealed class ScouthookProcess : IAsyncDisposable
{
    public const string Secret = "scouthook-test-secret-0001";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private static readonly string[] VariablesOfTheTool =
    [
        "SCOUTHOOK_SECRET", "SCOUTHOOK_API", "SCOUTHOOK_KEY", "SCOUTHOOK_HELPSCOUT_API", "SCOUTHOOK_HELPSCOUT_CLIENT_ID",
        "SCOUTHOOK_HELPSCOUT_CLIENT_SECRET",
    ];

    private readonly Process _process;
    private readonly StreamReader _output;
    private readonly Task<string> _error;

    private ScouthookProcess(Process process)
    {
        _process = process;
        _error = process.StandardError.ReadToEndAsync();

        // Read without end, whether a test looks at it or not: a tool whose output nobody reads stops when the pipe is full.
        var unread = new Pipe(new PipeOptions(pauseWriterThreshold: 0));
        _ = ReadAsync(process.StandardOutput.BaseStream, unread.Writer);
        _output = new StreamReader(unread.Reader.AsStream());
    }

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public bool IsRunning => !_process.HasExited;

    /// <summary>Runs the tool until it exits.</summary>
    public static Task<Finished> RunAsync(params string[] arguments) => RunAsync(arguments, input: null);

    public static async Task<Finished> RunAsync(
        string[] arguments, byte[]? input, params (string Name, string Value)[] environment)
    {
        await using var tool = Start(arguments, environment);
        if (input is not null)
        {
            await tool._process.StandardInput.BaseStream.WriteAsync(input, Cancelled);
        }

        tool._process.StandardInput.Close();
        return await tool.EndAsync();
    }

    /// <summary>Runs a bash script that gets the path of the tool as <c>$0</c>, until it exits.</summary>
    public static async Task<Finished> RunInShellAsync(string script, params string[] arguments)
    {
        await using var shell = StartProgram(["bash", "-c", script, GatewayProcess.Executable, .. arguments], []);
        shell._process.StandardInput.Close();
        return await shell.EndAsync();
    }

    public static ScouthookProcess Start(string[] arguments, params (string Name, string Value)[] environment) =>
        StartProgram([GatewayProcess.Executable, .. arguments], environment);

    private static ScouthookProcess StartProgram(string[] command, (string Name, string Value)[] environment)
    {
        // The test run may itself have been started to ignore some signals, and that is inherited.
        var start = new ProcessStartInfo("env", ["--default-signal=HUP,INT,TERM", .. command])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var name in VariablesOfTheTool)
        {
            start.Environment.Remove(name);
        }

        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        return new ScouthookProcess(Process.Start(start)!);
    }

    /// <summary>Reads lines until one matches, and returns everything read.</summary>
    public async Task<string> ReadUntilAsync(Func<string, bool> matches)
    {
        var read = "";
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(Cancelled);
        timeout.CancelAfter(Patience);
        try
        {
            while (await _output.ReadLineAsync(timeout.Token) is { } line)
            {
                read += line + "\n";
                if (matches(line))
                {
                    return read;
                }
            }
        }
        catch (OperationCanceledException) when (!Cancelled.IsCancellationRequested)
        {
            throw new InvalidOperationException($"The tool printed no matching line, only: {read}");
        }

        throw new InvalidOperationException($"The tool exited after printing: {read}{await _error}");
    }

    private static async Task ReadAsync(Stream output, PipeWriter unread)
    {
        try
        {
            await output.CopyToAsync(unread);
            await unread.CompleteAsync();
        }
        catch (Exception exception)
        {
            await unread.CompleteAsync(exception);
        }
    }

    /// <summary>Sends SIGINT, as Ctrl-C does.</summary>
    public Task InterruptAsync() => SignalAsync("INT");

    /// <summary>Sends a signal, named without the SIG prefix.</summary>
    public async Task SignalAsync(string name)
    {
        using var kill = Process.Start("kill", ["-" + name, _process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync(Cancelled);
    }

    public async Task<Finished> EndAsync()
    {
        var output = await _output.ReadToEndAsync(Cancelled).WaitAsync(Patience, Cancelled);
        await _process.WaitForExitAsync(Cancelled).WaitAsync(Patience, Cancelled);
        return new Finished(_process.ExitCode, output, await _error);
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync(CancellationToken.None);
        }

        _output.Dispose();
        _process.Dispose();
    }
}
