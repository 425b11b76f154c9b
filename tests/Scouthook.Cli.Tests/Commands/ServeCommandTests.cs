using Scouthook.Cli.Tests.Support;

namespace Scouthook.Cli.Tests.Commands;

/// <summary>The lines that a gateway prints for the person who starts it.</summary>
public sealed class ServeCommandTests : IDisposable
{
    private readonly Folder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task First_start_prints_commands_that_show_the_first_event()
    {
        await using var gateway = Serve("--verbose");
        var banner = await gateway.ReadUntilAsync(line => line.Contains("Press Ctrl-C to stop.", StringComparison.Ordinal));
        var commands = banner.Split('\n').Where(line => line.StartsWith("  export SCOUTHOOK_", StringComparison.Ordinal)
            || line.Contains(" emit ", StringComparison.Ordinal) || line.EndsWith(" events", StringComparison.Ordinal));
        var script = string.Join('\n', commands).Replace("YOUR-SECRET", ScouthookProcess.Secret, StringComparison.Ordinal);

        var run = await ScouthookProcess.RunInShellAsync(script);
        var logged = await gateway.ReadUntilAsync(line => line.Contains("[1301]", StringComparison.Ordinal));
        await gateway.InterruptAsync();
        var ended = await gateway.EndAsync();

        Assert.Equal(0, run.ExitCode);
        Assert.Contains("1 event sent", run.Output, StringComparison.Ordinal);
        Assert.Contains("convo.created", run.Output.Split('\n')[^2], StringComparison.Ordinal);
        Assert.Matches(@"convo\.created for source default, [0-9]+ bytes: 200", logged);
        Assert.Equal(0, ended.ExitCode);
        Assert.EndsWith("Scouthook has stopped.\n", ended.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Later_start_in_the_background_prints_no_next_steps()
    {
        await using (var first = Serve())
        {
            await first.ReadUntilAsync(line => line.Contains("admin key", StringComparison.Ordinal));
            await first.SignalAsync("TERM");
            Assert.Equal(0, (await first.EndAsync()).ExitCode);
        }

        await using var second = Serve();
        var banner = await second.ReadUntilAsync(line => line.Contains("store at", StringComparison.Ordinal));
        await second.SignalAsync("TERM");
        var rest = await second.EndAsync();

        Assert.DoesNotContain("Next,", banner + rest.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://0.0.0.0:0", true)]
    [InlineData("http://127.0.0.1:0", false)]
    public async Task Management_on_every_address_is_warned_about(string url, bool isWarned)
    {
        await using var gateway = ScouthookProcess.Start(
            ["serve", "--urls", url, "--data", _folder["data"]], ("SCOUTHOOK_SECRET", ScouthookProcess.Secret));
        await gateway.ReadUntilAsync(line => line.Contains("Press Ctrl-C to stop.", StringComparison.Ordinal));
        await gateway.InterruptAsync();
        var run = await gateway.EndAsync();

        Assert.Equal(
            isWarned, run.Error.Contains("Warning: the management API and the dashboard listen on every address", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Mistakes_are_listed_one_per_line_and_an_empty_secret_file_is_named()
    {
        await File.WriteAllTextAsync(_folder["empty"], "", TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(
            _folder["scouthook.json"],
            """{"Scouthook": {"Inbox": {"Retention": "24:00:00"}, "Endpoints": {"crm": {"Url": "ftp://x"}}}}""",
            TestContext.Current.CancellationToken);

        var run = await ScouthookProcess.RunAsync(
            "serve", "--config", _folder["scouthook.json"], "--secret-file", _folder["empty"], "--data", _folder["data"]);

        var mistakes = run.Error.Split('\n').Where(line => line.StartsWith("  Scouthook:", StringComparison.Ordinal)).ToList();
        Assert.Equal(2, run.ExitCode);
        Assert.Equal(3, mistakes.Count);
        Assert.Contains(mistakes, mistake => mistake.Contains($"the file {_folder["empty"]} is empty", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("\"$0\" emit --help > /dev/full")]
    [InlineData("\"$0\" asyncapi > /dev/full")]
    [InlineData("printf x | \"$0\" sign --secret s > /dev/full")]
    public async Task Full_disk_behind_standard_output_is_reported_in_one_line(string script)
    {
        var run = await ScouthookProcess.RunInShellAsync(script);

        Assert.Equal(1, run.ExitCode);
        Assert.Single(run.Error.TrimEnd().Split('\n'));
        Assert.Contains("The output could not be written", run.Error, StringComparison.Ordinal);
    }

    private ScouthookProcess Serve(params string[] arguments) => ScouthookProcess.Start(
        ["serve", "--urls", "http://127.0.0.1:0", "--data", _folder["data"], .. arguments], ("SCOUTHOOK_SECRET", ScouthookProcess.Secret));
}
