using System.Diagnostics;
using System.Threading.Channels;

namespace Scouthook.EndToEnd.Tests.Support;

/// <summary>A web app in its own process, on a free port.</summary>
internal sealed class RunningApp : IAsyncDisposable
{
    private const string Listening = "Now listening on: ";

    // Long, because dotnet run builds first and the machine may be busy; an app that exits is noticed at once.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    private readonly Process _process;
    private readonly Channel<string> _lines = Channel.CreateUnbounded<string>();
    private readonly Task _reading;

    private RunningApp(Process process)
    {
        _process = process;
        _process.StandardInput.Close();
        _reading = ReadToEndAsync();
    }

    public HttpClient Client { get; } = new();

    /// <summary>Starts an app and waits until it listens.</summary>
    /// <param name="program">The program.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="folder">Where it runs.</param>
    /// <param name="secret">The secret of its source; null if the app has one in its own settings.</param>
    /// <param name="announcement">What it prints before its address.</param>
    public static async Task<RunningApp> StartAsync(
        string program, IEnumerable<string> arguments, string folder, string? secret, string announcement = Listening)
    {
        var info = Command.StartInfo(program, [.. arguments, "--urls", "http://127.0.0.1:0"], folder);
        if (secret is not null)
        {
            info.Environment["Scouthook__Sources__default__Secrets__0"] = secret;
        }

        // The line with the port is logged at Information level, which the samples' settings filter out.
        info.Environment["Logging__LogLevel__Microsoft.Hosting.Lifetime"] = "Information";
        // Watching a settings file takes one of the few inotify instances that a user has, and nothing here changes one.
        info.Environment["DOTNET_hostBuilder__reloadConfigOnChange"] = "false";
        var app = new RunningApp(Process.Start(info)!);
        try
        {
            var line = await app.LineAsync(line => line.Contains(announcement, StringComparison.Ordinal));
            app.Client.BaseAddress = new Uri(line[(line.IndexOf(announcement, StringComparison.Ordinal) + announcement.Length)..].Trim());
            return app;
        }
        catch
        {
            await app.DisposeAsync();
            throw;
        }
    }

    /// <summary>Waits for a line that the app prints, skipping those before it.</summary>
    public async Task<string> LineAsync(Func<string, bool> wanted)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(Patience);
        var skipped = new List<string>();
        try
        {
            await foreach (var line in _lines.Reader.ReadAllAsync(patience.Token))
            {
                if (wanted(line))
                {
                    return line;
                }

                skipped.Add(line);
            }
        }
        catch (OperationCanceledException) when (!TestContext.Current.CancellationToken.IsCancellationRequested)
        {
            // Reported below, with the actual output.
        }

        throw new InvalidOperationException(
            $"The app ended or fell silent before the line came. It printed:\n{string.Join('\n', skipped)}");
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
        }

        await _process.WaitForExitAsync(CancellationToken.None);
        await _reading;
        _process.Dispose();
    }

    private async Task ReadToEndAsync()
    {
        await Task.WhenAll(ReadAsync(_process.StandardOutput), ReadAsync(_process.StandardError));
        _lines.Writer.TryComplete();
    }

    private async Task ReadAsync(StreamReader output)
    {
        while (await output.ReadLineAsync(CancellationToken.None) is { } line)
        {
            _lines.Writer.TryWrite(line);
        }
    }
}
