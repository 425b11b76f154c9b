using System.Net;
using System.Text.RegularExpressions;
using Scouthook.EndToEnd.Tests.Support;
using Scouthook.Events;
using Scouthook.Testing;

namespace Scouthook.EndToEnd.Tests;

/// <summary>An app compiled ahead of time publishes without warnings and types every event.</summary>
public sealed partial class AotTests
{
    private const string Secret = "a-secret-for-native-code";

    [Fact]
    public async Task Native_app_publishes_without_warnings_and_types_every_event()
    {
        var cancellation = TestContext.Current.CancellationToken;
        using var folder = new Folder();

        var publish = await Command.DotNetAsync(
            Repository.Root, "publish", "tests/Scouthook.Aot", "--configuration", "Release", "--artifacts-path", folder.Path,
            "-p:RunAnalyzers=false",
            // What debuggers read is a good part of what the compiler writes, and what the linker copies and strips again.
            "-p:NativeDebugSymbols=false", "-nodeReuse:false");

        Assert.DoesNotMatch(TrimOrAotDiagnostic, publish.All);
        var native = folder["publish/Scouthook.Aot/release/Scouthook.Aot"];
        Assert.False(File.Exists(native + ".dll"), "The publish folder holds an assembly where native code should be.");
        await using var app = await RunningApp.StartAsync(native, [], folder.Path, Secret);
        foreach (var sample in SampleEvents.All)
        {
            using var answer = await app.Client.SendHelpScoutEventAsync("/webhook", sample, Secret, cancellation);

            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            var record = HelpScoutEventCatalog.Find(sample.Name)!.EventClrType.Name;
            var line = await app.LineAsync(line => line.StartsWith("typed ", StringComparison.Ordinal));
            Assert.Equal($"typed {record} {sample.Name}", line);
        }

        using var refusal = await app.Client.SendHelpScoutEventAsync("/webhook", "convo.created", "wrong", cancellation);
        Assert.Equal(HttpStatusCode.Unauthorized, refusal.StatusCode);
        Assert.Equal("Healthy", await app.Client.GetStringAsync("/healthz", cancellation));
    }

    [GeneratedRegex(@"IL[23]\d{3}")]
    private static partial Regex TrimOrAotDiagnostic { get; }
}
