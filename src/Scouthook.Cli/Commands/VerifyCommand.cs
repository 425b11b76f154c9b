using System.CommandLine;
using Scouthook.Cli.CommandLine;
using Scouthook.Cli.Verifying;
using Scouthook.Signing;
using Spectre.Console;

namespace Scouthook.Cli.Commands;

/// <summary><c>scouthook verify</c>: checks a signature and explains a mismatch.</summary>
internal sealed class VerifyCommand : Command, IHasExamples
{
    private readonly Option<string?> _secret = CommonOptions.Secret();
    private readonly Option<string?> _file = CommonOptions.File("The file with the raw body. Default: standard input.");
    private readonly Option<bool> _json = CommonOptions.Json();
    private readonly Option<string> _signature = new("--signature", "-x")
    {
        Description = "The value of the header X-HelpScout-Signature.",
        HelpName = "base64",
        Required = true,
    };

    public VerifyCommand()
        : base("verify", "Check the signature of a body and explain a mismatch. Exits with 0 if the signature is valid, otherwise 1.")
    {
        Options.Add(_secret);
        Options.Add(_signature);
        Options.Add(_file);
        Options.Add(_json);
        SetAction(RunAsync);
    }

    public IReadOnlyList<(string Does, string Example)> Examples { get; } =
    [
        ("a captured body", "scouthook verify --secret S --signature 6SuhMFURWqcm/W0V4MIgWpApEio= --file body.json"),
        ("in a script", "scouthook verify --secret S --signature X --json < body.json"),
    ];

    private async Task<int> RunAsync(ParseResult parseResult, CancellationToken cancellationToken)
    {
        var secret = parseResult.ReadSecret(_secret);
        var signingSecret = CommonOptions.ToSigningSecret(secret);
        var signature = parseResult.GetRequiredValue(_signature);
        var body = await CommonOptions.ReadBytesAsync(parseResult.GetValue(_file), cancellationToken);

        using var secrets = new SigningSecrets([signingSecret]);
        var verification = HelpScoutSignature.Verify(signature, body, secrets);
        var valid = verification is SignatureVerification.Valid;
        var hint = valid ? null : SignatureDiagnosis.Explain(signature, body, secret);
        if (parseResult.GetValue(_json))
        {
            var reason = valid ? null : verification.ToString().ToLowerInvariant();
            JsonOutput.Write(new { valid, reason, hint, bytes = body.Length });
        }
        else if (valid)
        {
            Screen.Out.MarkupLineInterpolated($"[{Palette.Good}]Valid[/]: the signature matches this secret and body ({Bytes(body)}).");
        }
        else
        {
            Screen.Out.MarkupLineInterpolated($"[{Palette.Bad}]Not valid[/]: {Describe(verification)} ({Bytes(body)}).");
            Prose.WriteLine(hint!);
        }

        return valid ? ExitCode.Ok : ExitCode.Failed;
    }

    private static string Bytes(byte[] body) => body.Length == 1 ? "1 byte" : $"{body.Length} bytes";

    private static string Describe(SignatureVerification verification) => verification switch
    {
        SignatureVerification.Missing => "the signature is empty",
        SignatureVerification.Malformed => "this is not a Help Scout signature",
        _ => "the signature does not match this secret and body",
    };
}
