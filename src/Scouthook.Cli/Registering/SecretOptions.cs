using System.CommandLine;
using System.Security.Cryptography;
using Scouthook.Cli.CommandLine;
using Scouthook.Registrations.Model;
using Scouthook.Settings;

namespace Scouthook.Cli.Registering;

/// <summary>The options <c>--secret</c> and <c>--secret-file</c> of commands that write a registration.</summary>
/// <remarks>
/// Every write sends the secret, which Help Scout never returns. Without an option, it is the one the gateway verifies
/// with; any other would make the gateway reject every event.
/// </remarks>
internal sealed class SecretOptions
{
    /// <summary>As base64url it is exactly as long as Help Scout allows.</summary>
    private const int GeneratedBytes = 30;

    private readonly Option<string?> _secret = new("--secret", "-s")
    {
        Description = $"The webhook secret. Default: the environment variable {CommonOptions.SecretVariable}, then the secret of the source in the configuration.",
        HelpName = "text",
    };

    private readonly Option<string?> _file = new("--secret-file")
    {
        Description = "A file with the webhook secret.",
        HelpName = "path",
    };

    public void AddTo(Command command)
    {
        command.Options.Add(_secret);
        command.Options.Add(_file);
    }

    /// <summary>Returns whether a secret was given as an option.</summary>
    public bool IsGiven(ParseResult parseResult) => parseResult.GetValue(_secret) is not null || parseResult.GetValue(_file) is not null;

    /// <returns>The secret in force; <see langword="null"/> if there is none.</returns>
    public string? Find(ParseResult parseResult, SourceConfiguration source)
    {
        var (text, file) = (parseResult.GetValue(_secret), parseResult.GetValue(_file));
        if (text is not null && file is not null)
        {
            throw new UsageException("Use either --secret or --secret-file, not both.");
        }

        var secret = file is not null ? ReadFile(file) : text ?? source.Secret;
        if (secret is null)
        {
            return null;
        }

        if (string.IsNullOrWhiteSpace(secret))
        {
            throw new UsageException("The secret is empty.");
        }

        // Rejected here if it is not valid Unicode.
        _ = CommonOptions.ToSigningSecret(secret);
        WarnAboutLength(secret);

        return secret;
    }

    /// <exception cref="UsageException">There is no secret.</exception>
    public string Read(ParseResult parseResult, SourceConfiguration source) => Find(parseResult, source)
        ?? throw new UsageException(
            "No secret given. Help Scout replaces the registration as a whole and never returns its secret, so it must be sent again. "
            + $"Pass --secret or --secret-file, set {CommonOptions.SecretVariable}, or set {source.KeyOf("Secrets:0")} in the configuration.");

    public static void WarnAboutLength(string secret)
    {
        if (secret.Length > RegistrationRequest.MaxSecretLength)
        {
            StandardOutput.TryWriteError(
                $"Warning: the secret has {secret.Length} characters; Help Scout documents at most {RegistrationRequest.MaxSecretLength}.");
        }
    }

    /// <summary>Generates a secret that needs no quoting anywhere.</summary>
    public static string Generate() =>
        Convert.ToBase64String(RandomNumberGenerator.GetBytes(GeneratedBytes)).Replace('+', '-').Replace('/', '_');

    /// <summary>Reads a secret from a file.</summary>
    /// <exception cref="UsageException">It cannot be read, or contains no secret; the message names the file.</exception>
    public static string ReadFile(string file)
    {
        try
        {
            using var stream = File.OpenRead(file);
            var secret = SecretFile.Read(stream, out var problem) ?? throw new UsageException($"The file {file} {problem}.");
            return string.IsNullOrWhiteSpace(secret) ? throw new UsageException($"The file {file} is empty; it must contain the secret.") : secret;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"Cannot read {file}: {exception.Message}");
        }
    }
}
