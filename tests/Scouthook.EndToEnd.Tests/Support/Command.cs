using System.Diagnostics;

namespace Scouthook.EndToEnd.Tests.Support;

/// <summary>Runs a program until it exits and captures its output.</summary>
internal static class Command
{
    /// <summary>Creates the start information of a program without the environment of the test run.</summary>
    /// <remarks>
    /// <c>dotnet test</c> leaves variables of its own MSBuild and host in the environment. A <c>dotnet</c> started under
    /// them picks up the wrong SDK parts or waits for a build node that outlives it.
    /// </remarks>
    public static ProcessStartInfo StartInfo(string program, IEnumerable<string> arguments, string folder)
    {
        var info = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var name in info.Environment.Keys.Where(IsLeakedByTheTestRun).ToList())
        {
            info.Environment.Remove(name);
        }

        info.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        info.Environment["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1";
        info.Environment["DOTNET_NOLOGO"] = "1";
        info.Environment["DOTNET_CLI_UI_LANGUAGE"] = "en";
        info.Environment["NO_COLOR"] = "1";
        return info;
    }

    /// <summary>Runs a program and returns its exit code and output.</summary>
    public static async Task<CommandResult> RunAsync(
        string program, IEnumerable<string> arguments, string folder,
        IReadOnlyDictionary<string, string>? environment = null)
    {
        var info = StartInfo(program, arguments, folder);
        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
        {
            info.Environment[name] = value;
        }

        using var process = Process.Start(info)!;
        process.StandardInput.Close();
        try
        {
            var cancellation = TestContext.Current.CancellationToken;
            var output = process.StandardOutput.ReadToEndAsync(cancellation);
            var error = process.StandardError.ReadToEndAsync(cancellation);
            await process.WaitForExitAsync(cancellation);
            return new CommandResult(process.ExitCode, await output, await error);
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }
    }

    /// <summary>Runs <c>dotnet</c>, which must succeed without a warning.</summary>
    public static async Task<CommandResult> DotNetAsync(string folder, params string[] arguments)
    {
        var result = await RunAsync("dotnet", arguments, folder);
        Assert.True(result.ExitCode == 0, $"dotnet {string.Join(' ', arguments)} failed:\n{result.All}");
        Assert.DoesNotContain("warning", result.All.Replace("0 Warning(s)", "", StringComparison.Ordinal),
            StringComparison.OrdinalIgnoreCase);
        return result;
    }

    private static bool IsLeakedByTheTestRun(string variable) =>
        variable.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase)
        || variable.StartsWith("TESTINGPLATFORM_", StringComparison.OrdinalIgnoreCase)
        || variable.StartsWith("DOTNET_CLI_", StringComparison.OrdinalIgnoreCase)
        || variable is "DOTNET_HOST_PATH" or "DOTNET_HOSTING_PROMPT" or "CI";
}
