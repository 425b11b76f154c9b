using System.ComponentModel;
using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Scouthook.AsyncApi.Tests.Support;

/// <summary>Third-party programs that check the contract; they run on Node.js.</summary>
/// <remarks>
/// If Node.js or its packages are missing, a test that needs them is skipped, but never if <c>CI</c> is <c>true</c>.
/// </remarks>
internal static class Node
{
    private static readonly string Folder = Repository.PathOf("tests/Scouthook.AsyncApi.Tests/Node");

    /// <summary>Sends all questions to one process.</summary>
    public static async Task<JsonArray> AskAsync(params JsonObject[] questions) =>
        (await RunAsync("answer.mjs", [], new JsonArray([.. questions]))).AsArray();

    /// <summary>Generates types from the documents in a folder.</summary>
    public static async Task<JsonObject> GenerateAsync(string folder) =>
        (await RunAsync("generate.mjs", [folder], input: null)).AsObject();

    private static async Task<JsonNode> RunAsync(string script, string[] arguments, JsonArray? input)
    {
        Assert.SkipWhen(Missing() is not null && Environment.GetEnvironmentVariable("CI") != "true", Missing() ?? "");

        var start = new ProcessStartInfo("node", [script, .. arguments])
        {
            WorkingDirectory = Folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        var cancellation = TestContext.Current.CancellationToken;
        var output = process.StandardOutput.ReadToEndAsync(cancellation);
        var error = process.StandardError.ReadToEndAsync(cancellation);
        await using (var standardInput = process.StandardInput)
        {
            if (input is not null)
            {
                await JsonSerializer.SerializeAsync(standardInput.BaseStream, input, cancellationToken: cancellation);
            }
        }

        await process.WaitForExitAsync(cancellation);
        Assert.True(process.ExitCode == 0, await error);
        return JsonNode.Parse(await output)!;
    }

    private static string? Missing()
    {
        if (!Directory.Exists(Path.Combine(Folder, "node_modules")))
        {
            return "Node.js packages are missing. Run: npm ci --ignore-scripts --prefix tests/Scouthook.AsyncApi.Tests/Node";
        }

        try
        {
            using var version = Process.Start(
                new ProcessStartInfo("node", "--version") { RedirectStandardOutput = true });
            version!.WaitForExit();
            return null;
        }
        catch (Win32Exception)
        {
            return "Node.js is missing.";
        }
    }
}
