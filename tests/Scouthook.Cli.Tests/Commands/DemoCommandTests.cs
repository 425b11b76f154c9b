using System.Diagnostics;
using System.Text.Json;
using Scouthook.Cli.Tests.Support;
using Scouthook.Events;
using static Scouthook.Cli.Tests.Support.ScouthookProcess;

namespace Scouthook.Cli.Tests.Commands;

public sealed class DemoCommandTests
{
    [Fact]
    public async Task All_events_are_sent_verified_stored_and_delivered()
    {
        var run = await RunAsync("demo", "--exit", "--json");

        Assert.Equal(0, run.ExitCode);
        Assert.StartsWith("{\"sent\":26,\"verified\":26,\"stored\":26,\"delivered\":26,", run.Output, StringComparison.Ordinal);
        Assert.EndsWith(",\"ok\":true}\n", run.Output, StringComparison.Ordinal);
        Assert.Equal(0, run.Json.GetProperty("off").GetArrayLength());
    }

    [Fact]
    public async Task Table_shows_each_event()
    {
        var run = await RunAsync("demo", "--exit");

        Assert.Equal(0, run.ExitCode);
        Assert.All(HelpScoutEventCatalog.All, type => Assert.Contains($"  {type.Name} ", run.Output, StringComparison.Ordinal));
        Assert.Equal(4 * 26, run.Output.Count(character => character == '✓'));
        Assert.Contains("26 sent, 26 verified, 26 stored, 26 delivered", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("corrupt-signature", "{\"sent\":26,\"verified\":25,\"stored\":25,\"delivered\":25,", "convo.status")]
    [InlineData("drop-event", "{\"sent\":25,\"verified\":25,\"stored\":25,\"delivered\":25,", "convo.status")]
    [InlineData("swap-type", "{\"sent\":26,\"verified\":26,\"stored\":25,\"delivered\":25,", "convo.status")]
    public async Task Fault_is_detected_and_its_event_is_named(string fault, string start, params string[] failed)
    {
        var json = await RunAsync("demo", "--exit", "--json", "--fault", fault);
        var table = await RunAsync("demo", "--exit", "--fault", fault);

        Assert.Equal((1, 1), (json.ExitCode, table.ExitCode));
        Assert.StartsWith(start, json.Output, StringComparison.Ordinal);
        Assert.False(json.Json.GetProperty("ok").GetBoolean());
        Assert.Equal(
            failed, json.Json.GetProperty("off").EnumerateArray().Select(row => row.GetProperty("event").GetString()!));
        Assert.Contains($"{failed.Length} of 26 events went wrong", table.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Demo_keeps_receiving_and_the_suggested_command_works()
    {
        await using var demo = Start(["demo"]);
        var printed = await demo.ReadUntilAsync(line => line.Contains("Signature: $signature", StringComparison.Ordinal));
        var suggested = string.Join('\n', printed.Split('\n').Where(line =>
            line.StartsWith("  ", StringComparison.Ordinal)
            && !line.Contains(" emit all ", StringComparison.Ordinal))
            .SkipWhile(line => !line.StartsWith("  export", StringComparison.Ordinal)));
        using var shell = Process.Start(new ProcessStartInfo("bash", ["-c", suggested])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;

        var answer = await shell.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await demo.ReadUntilAsync(line => line.Contains("tag.deleted", StringComparison.Ordinal)
            && line.Contains("200 stored", StringComparison.Ordinal));
        await demo.InterruptAsync();
        var run = await demo.EndAsync();

        Assert.StartsWith("HTTP/1.1 200 OK", answer, StringComparison.Ordinal);
        Assert.Equal(0, run.ExitCode);
        Assert.Empty(run.Error);
    }

    [Theory]
    [InlineData("HUP")]
    [InlineData("INT")]
    [InlineData("TERM")]
    public async Task Termination_signal_ends_the_demo_and_removes_its_store(string signal)
    {
        using var folder = new Folder();
        await using var demo = Start(["demo"], ("TMPDIR", folder.Path));
        await demo.ReadUntilAsync(line => line.Contains("Signature: $signature", StringComparison.Ordinal));
        Assert.NotEmpty(Directory.GetDirectories(folder.Path, "scouthook-demo-*"));

        await demo.SignalAsync(signal);
        var run = await demo.EndAsync();

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Empty(Directory.GetDirectories(folder.Path, "scouthook-demo-*"));
    }

    [Fact]
    public async Task Demo_rejects_a_different_secret_and_its_json_stays_one_line()
    {
        await using var demo = Start(["demo", "--json"]);
        var url = JsonElement.Parse(await demo.ReadUntilAsync(_ => true)).GetProperty("url").GetString()!;

        var emit = await RunAsync("emit", "tag.created", "--to", url, "--secret", "another");
        await demo.InterruptAsync();
        var run = await demo.EndAsync();

        Assert.Contains("401", emit.Output, StringComparison.Ordinal);
        Assert.Equal(1, emit.ExitCode);
        Assert.Equal(new Finished(0, "", ""), run);
    }

    [Fact]
    public async Task Unknown_fault_is_a_usage_error()
    {
        Assert.Equal(2, (await RunAsync("demo", "--exit", "--fault", "fire")).ExitCode);
    }
}
