using System.Text;
using Scouthook.Management.Services.Views;

namespace Scouthook.Management.Dashboard.Components.Controls;

/// <summary>Writes a received request as a command that sends it again.</summary>
internal static class CurlCommand
{
    private const int MaxInline = 16 * 1024;

    private static readonly string[] Sent = ["Content-Type", "X-HelpScout-Event", "X-HelpScout-Signature"];

    /// <param name="stored">The event.</param>
    /// <param name="body">Its body.</param>
    /// <returns>The command; long bodies, and those that are no text, are read from the downloaded file.</returns>
    public static string Write(EventDetailView stored, byte[] body)
    {
        var command = new StringBuilder("curl -i -X POST http://localhost:5000/webhook");
        foreach (var header in stored.Headers.Where(header => Sent.Contains(header.Name, StringComparer.OrdinalIgnoreCase)))
        {
            command.Append(" \\\n  -H ").Append(Quote($"{header.Name}: {header.Value}"));
        }

        command.Append(" \\\n  --data-binary ");
        return command.Append(
            body.Length <= MaxInline && AsText(body) is { } text && !text.StartsWith('@') ? Quote(text) : $"@{stored.Id}.json").ToString();
    }

    private static string? AsText(byte[] body)
    {
        var text = Encoding.UTF8.GetString(body);
        return Encoding.UTF8.GetBytes(text).AsSpan().SequenceEqual(body) && !text.Contains('\0', StringComparison.Ordinal) ? text : null;
    }

    private static string Quote(string text) => $"'{text.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
