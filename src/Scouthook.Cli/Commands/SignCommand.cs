using System.CommandLine;
using Scouthook.Cli.CommandLine;
using Scouthook.Signing;

namespace Scouthook.Cli.Commands;

/// <summary><c>scouthook sign</c>: prints the signature of a body.</summary>
internal sealed class SignCommand : Command, IHasExamples
{
    private readonly Option<string?> _secret = CommonOptions.Secret();
    private readonly Option<string?> _file = CommonOptions.File("The file with the raw body. Default: standard input.");

    public SignCommand()
        : base("sign", "Print the signature that Help Scout would send with a body: base64 of the HMAC-SHA1 of its raw bytes.")
    {
        Options.Add(_secret);
        Options.Add(_file);
        SetAction(RunAsync);
    }

    public IReadOnlyList<(string Does, string Example)> Examples { get; } =
    [
        ("a file", "scouthook sign --secret S --file body.json"),
        ("standard input; use printf, because echo adds a line break",
            """printf '%s' '{"id":4711}' | scouthook sign --secret S"""),
    ];

    private async Task<int> RunAsync(ParseResult parseResult, CancellationToken cancellationToken)
    {
        var secret = CommonOptions.ToSigningSecret(parseResult.ReadSecret(_secret));
        var body = await CommonOptions.ReadBytesAsync(parseResult.GetValue(_file), cancellationToken);

        Console.Out.WriteLine(HelpScoutSignature.Sign(body, secret));
        return ExitCode.Ok;
    }
}
