using System.CommandLine;
using Scouthook.Signing;

namespace Scouthook.Cli.CommandLine;

/// <summary>Options shared by several commands.</summary>
internal static class CommonOptions
{
    public const string SecretVariable = "SCOUTHOOK_SECRET";

    public static Option<string?> Secret() => new("--secret", "-s")
    {
        Description = $"The webhook secret. Default: the environment variable {SecretVariable}, which keeps it out of the process list.",
        HelpName = "text",
    };

    public static Option<bool> Json() => new("--json") { Description = "Print a single line of JSON instead of text." };

    public static Option<string?> File(string description) => new("--file", "-f")
    {
        Description = description,
        HelpName = "path",
    };

    public static string ReadSecret(this ParseResult parseResult, Option<string?> option)
    {
        var secret = parseResult.GetValue(option) ?? Environment.GetEnvironmentVariable(SecretVariable);
        if (string.IsNullOrWhiteSpace(secret))
        {
            throw new UsageException(
                $"No secret given. Pass --secret or set {SecretVariable} to the secret of the receiver; a gateway has it as "
                + "Scouthook:Sources:default:Secrets.");
        }

        return secret;
    }

    public static SigningSecret ToSigningSecret(string secret)
    {
        try
        {
            return new SigningSecret(secret);
        }
        catch (ArgumentException)
        {
            throw new UsageException("The secret is not valid Unicode.");
        }
    }

    /// <summary>Reads a file, or standard input when there is none or it is named <c>-</c>, byte for byte.</summary>
    public static async Task<byte[]> ReadBytesAsync(string? path, CancellationToken cancellationToken)
    {
        if (path is not (null or "-"))
        {
            try
            {
                return await System.IO.File.ReadAllBytesAsync(path, cancellationToken);
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                throw new UsageException($"Cannot read {path}: {exception.Message}");
            }
        }

        if (!Console.IsInputRedirected)
        {
            StandardOutput.TryWriteError("Reading the body from the terminal. Press Ctrl-D to finish.");
        }

        // A read from a terminal or a pipe cannot be cancelled, so an interrupted command leaves it behind.
        var input = Console.OpenStandardInput();
        var body = new MemoryStream();
        await Task.Run(() => input.CopyToAsync(body, cancellationToken), cancellationToken).WaitAsync(cancellationToken);
        return body.ToArray();
    }
}
