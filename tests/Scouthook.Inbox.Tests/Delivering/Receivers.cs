using System.Diagnostics;
using System.Reflection;
using System.Text.Json;

namespace Scouthook.Inbox.Tests.Delivering;

/// <summary>
/// Independent receivers in other languages. If their programs are missing, the tests are skipped, except in CI.
/// </summary>
internal static class Receivers
{
    private static readonly string Folder = typeof(Receivers).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>().Single(it => it.Key == "Receivers").Value!;

    /// <summary>Verifies a delivery with the standardwebhooks library; returns its error, if any.</summary>
    public static async Task<string?> VerifyAsync(ReceivedRequest request, string secret, DateTimeOffset now)
    {
        var input = JsonSerializer.SerializeToUtf8Bytes(new
        {
            secret,
            now = now.ToUnixTimeSeconds(),
            headers = request.Headers.ToDictionary(it => it.Key, it => it.Value),
            body = request.Body,
        });
        Need(Directory.Exists(Path.Combine(Folder, "node_modules", "standardwebhooks")), "npm ci was not run in receivers/");
        var (exitCode, output, error) = await RunAsync("node", "verify.mjs", input, []);
        Assert.True(exitCode == 0 || (exitCode == 1 && output.Length > 0), error);
        return exitCode == 0 ? null : output;
    }

    /// <summary>Computes the signature in PHP, as in Help Scout's documentation.</summary>
    public static async Task<string> SignInPhpAsync(byte[] body, string secret)
    {
        var (exitCode, output, error) = await RunAsync("php", "sign.php", body, new() { ["SECRET"] = secret });
        Assert.True(exitCode == 0, error);
        return output;
    }

    private static async Task<(int ExitCode, string Output, string Error)> RunAsync(
        string program, string script, byte[] input, Dictionary<string, string> variables)
    {
        Need(IsInstalled(program), $"{program} is not installed");
        var start = new ProcessStartInfo(program, [script])
        {
            WorkingDirectory = Folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in variables)
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        await process.StandardInput.BaseStream.WriteAsync(input);
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync().InTime();
        return (process.ExitCode, (await output).Trim(), await error);
    }

    private static void Need(bool isThere, string otherwise)
    {
        if (!isThere && Environment.GetEnvironmentVariable("CI") == "true")
        {
            Assert.Fail($"In CI nothing is skipped: {otherwise}.");
        }

        Assert.SkipUnless(isThere, $"{otherwise}; ./test.sh installs it.");
    }

    private static bool IsInstalled(string program) => (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(Path.PathSeparator)
        .Any(folder => File.Exists(Path.Combine(folder, program)));
}
