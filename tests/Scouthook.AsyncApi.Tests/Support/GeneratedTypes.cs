using System.Diagnostics;
using System.Text.Json.Nodes;
using Scouthook.Events;

namespace Scouthook.AsyncApi.Tests.Support;

/// <summary>The types that generators create from the contract, created once for all tests of a class.</summary>
public sealed class GeneratedTypes : IAsyncLifetime
{
    public string Folder { get; } = Directory.CreateTempSubdirectory("scouthook-generated-").FullName;

    /// <summary>One entry per tool, language and document: names of types, and lines that fall back to an untyped value.</summary>
    public IReadOnlyList<GeneratedOutput> Outputs { get; private set; } = [];

    /// <summary>The errors from reading the 26 samples with the generated TypeScript.</summary>
    public IReadOnlyList<string> Mistakes { get; private set; } = [];

    public async ValueTask InitializeAsync()
    {
        foreach (var version in AsyncApiVersion.All)
        {
            await WriteAsync($"{version}.json", AsyncApiDocument.Create(version).ToJson());
        }

        await WriteAsync("schema.json", PayloadSchema.ToJson());
        var bodies = HelpScoutEventCatalog.All.Select(type => KeyValuePair.Create(
            type.Name, (JsonNode?)new JsonObject { ["type"] = type.PayloadClrType.Name, ["body"] = Samples.Of(type) }));
        await WriteAsync("bodies.json", new JsonObject(bodies).ToJsonString());

        var report = await Node.GenerateAsync(Folder);
        Outputs = [.. report["outputs"]!.AsArray().Select(output => GeneratedOutput.Read(output!))];
        Mistakes = GeneratedOutput.Texts(report["mistakes"]);
    }

    public ValueTask DisposeAsync()
    {
        Directory.Delete(Folder, recursive: true);
        return ValueTask.CompletedTask;
    }

    /// <summary>Runs a program in the folder.</summary>
    /// <returns>The output, or nothing if it succeeded.</returns>
    public async Task<string> RunAsync(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = Folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        var cancellation = TestContext.Current.CancellationToken;
        var output = process.StandardOutput.ReadToEndAsync(cancellation);
        var error = process.StandardError.ReadToEndAsync(cancellation);
        await process.WaitForExitAsync(cancellation);
        return process.ExitCode == 0 ? "" : await output + await error;
    }

    public Task WriteAsync(string name, string text) =>
        File.WriteAllTextAsync(Path.Combine(Folder, name), text, TestContext.Current.CancellationToken);
}
