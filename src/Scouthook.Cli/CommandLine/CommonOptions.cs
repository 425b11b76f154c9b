using System.CommandLine;
using Scouthook.Signing;

namespace Scouthook.Cli.CommandLine;

/// <summary>Options that several commands have, with the same words.</summary>
internal static class CommonOptions
{
    public const string SecretVariable = "SCOUTHOOK_SECRET";

    public static Option<string?> Secret() => new("--secret", "-s")
    {
        Description = $"The secret of the webhook. Default: the environment variable {SecretVariable}, which other "
            + "users of the machine cannot see in the list of processes.",
        HelpName = "text",
    };

    public static Option<bool> Json() => new("--json") { Description = "Print one line of JSON instead of text." };

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
            throw new UsageException($"No secret: give --secret, or set {SecretVariable}.");
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
            throw new UsageException("The secret is not valid Unicode text.");
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
            catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
            {
                throw new UsageException($"Cannot read {path}: {problem.Message}");
            }
        }

        if (!Console.IsInputRedirected)
        {
            Console.Error.WriteLine("Reading the body from the keyboard; end it with Ctrl-D.");
        }

        // A read from a terminal or a pipe cannot be cancelled, so an interrupted command leaves it behind.
        var input = Console.OpenStandardInput();
        var body = new MemoryStream();
        await Task.Run(() => input.CopyToAsync(body, cancellationToken), cancellationToken).WaitAsync(cancellationToken);
        return body.ToArray();
    }
}
