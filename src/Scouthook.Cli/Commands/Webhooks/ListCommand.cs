using System.CommandLine;
using Scouthook.Cli.CommandLine;
using Scouthook.Cli.Registering;

namespace Scouthook.Cli.Commands.Webhooks;

/// <summary><c>scouthook webhooks list</c>.</summary>
internal sealed class ListCommand : Command, IHasExamples
{
    private readonly AccountOptions _account = new();
    private readonly Option<bool> _json = CommonOptions.Json();

    public ListCommand()
        : base("list", "List all webhook registrations of the account, including those of other programs.")
    {
        Options.Add(_json);
        _account.AddTo(this);
        SetAction(RunAsync);
    }

    public IReadOnlyList<(string Does, string Example)> Examples { get; } =
    [
        ("with credentials from the environment", $"{AccountOptions.ClientIdVariable}=ID {AccountOptions.ClientSecretVariable}=S scouthook webhooks list"),
        ("the account of another source in scouthook.json", "scouthook webhooks list --source europe"),
    ];

    private Task<int> RunAsync(ParseResult parseResult, CancellationToken cancellationToken) => _account.RunAsync(parseResult, async account =>
    {
        RegistrationWriter.WriteList(await account.Client.ListAsync(cancellationToken), parseResult.GetValue(_json));
        return ExitCode.Ok;
    });
}
