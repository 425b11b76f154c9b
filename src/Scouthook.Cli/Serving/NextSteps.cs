using System.Text;
using Scouthook.Cli.CommandLine;
using Scouthook.Cli.Managing;
using Scouthook.Gateway.Connections;

namespace Scouthook.Cli.Serving;

/// <summary>The next steps once the gateway runs, as commands to paste.</summary>
internal static class NextSteps
{
    /// <param name="addresses">The addresses that receive, and those that serve the management API.</param>
    /// <param name="path">The path of the first source.</param>
    /// <param name="key">The key that this start has shown; <see langword="null"/> if there is an earlier one.</param>
    public static string Text((IReadOnlyList<string> Open, IReadOnlyList<string> Management) addresses, string path, string? key)
    {
        var management = addresses.Management.Select(ForThisMachine).FirstOrDefault() ?? "";
        var text = new StringBuilder().AppendLine().AppendLine("Next, in another terminal, with the webhook secret in place of YOUR-SECRET:");
        if (key is not null)
        {
            text.AppendLine($"  export {ManagementOptions.KeyVariable}={key}");
        }

        if (management != ManagementOptions.DefaultApi)
        {
            text.AppendLine($"  export {ManagementOptions.ApiVariable}={management}");
        }

        return text
            .AppendLine($"  export {CommonOptions.SecretVariable}='YOUR-SECRET'")
            .AppendLine($"  {ThisTool.Command} emit convo.created --to {addresses.Open.Select(ForThisMachine).FirstOrDefault()}{path}")
            .AppendLine($"  {ThisTool.Command} events")
            .AppendLine($"Or open {management}/ and sign in with {(key is null ? "an API key" : "the admin key")}.")
            .AppendLine("Press Ctrl-C to stop.")
            .AppendLine()
            .ToString();
    }

    /// <summary>Warns that any network can reach the management API and the dashboard.</summary>
    /// <returns><see langword="null"/> if it cannot.</returns>
    public static string? Warning((IReadOnlyList<string> Open, IReadOnlyList<string> Management) addresses) =>
        addresses.Management.FirstOrDefault(address => ListenAddress.Parse(address)?.IsEverywhere is true) is { } everywhere
            ? $"Warning: the management API and the dashboard listen on every address of this machine ({everywhere}). Any client that can "
                + "reach that port can try API keys. To keep them apart from receiving, set Scouthook:Gateway:ManagementUrls to a "
                + "private address such as http://127.0.0.1:5001, or make sure that a firewall or proxy protects the port."
            : null;

    /// <summary>Reads the key from the line that shows it.</summary>
    public static string? KeyOf(string? line) =>
        line?.Split(' ', StringSplitOptions.RemoveEmptyEntries) is ["admin", "key", var key, ..] ? key : null;

    private static string ForThisMachine(string address) => address
        .Replace("//0.0.0.0:", "//127.0.0.1:", StringComparison.Ordinal)
        .Replace("//[::]:", "//127.0.0.1:", StringComparison.Ordinal)
        .Replace("//*:", "//127.0.0.1:", StringComparison.Ordinal)
        .Replace("//+:", "//127.0.0.1:", StringComparison.Ordinal);
}
