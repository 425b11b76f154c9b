using System.CommandLine;
using System.CommandLine.Help;
using Scouthook.Cli.CommandLine;
using Scouthook.Cli.Commands.Webhooks;

namespace Scouthook.Cli.Commands;

/// <summary>The root: <c>scouthook</c>.</summary>
/// <remarks>Not a <see cref="RootCommand"/>, which would show the name of the assembly as the name of the command.</remarks>
internal sealed class ScouthookCommand : Command, IHasExamples
{
    private readonly HelpOption _help = new();

    public ScouthookCommand(TimeProvider timeProvider)
        : base("scouthook", "Receives, sends and checks Help Scout webhooks.")
    {
        Options.Add(_help);
        Options.Add(new VersionOption());
        Subcommands.Add(new ServeCommand());
        Subcommands.Add(new HealthCommand());
        Subcommands.Add(new DemoCommand(timeProvider));
        Subcommands.Add(new EmulateCommand(timeProvider));
        Subcommands.Add(new ListenCommand(timeProvider));
        Subcommands.Add(new WatchCommand(timeProvider));
        Subcommands.Add(new EventsCommand(timeProvider));
        Subcommands.Add(new DeliveriesCommand(timeProvider));
        Subcommands.Add(new EndpointsCommand(timeProvider));
        Subcommands.Add(new ReplayCommand(timeProvider));
        Subcommands.Add(new SourcesCommand(timeProvider));
        Subcommands.Add(new KeysCommand(timeProvider));
        Subcommands.Add(new WebhooksCommand(timeProvider));
        Subcommands.Add(new BackupCommand());
        Subcommands.Add(new MigrateCommand(timeProvider));
        Subcommands.Add(new EmitCommand(timeProvider));
        Subcommands.Add(new SignCommand());
        Subcommands.Add(new VerifyCommand());
        Subcommands.Add(new ValidateCommand());
        Subcommands.Add(new AsyncApiCommand());
        Subcommands.Add(new CompletionCommand());
        Subcommands.Add(new CompleteCommand(this));
        _help.Action = new HelpWithExamples((HelpAction)_help.Action!);
        SetAction(ShowHelp);
    }

    public IReadOnlyList<(string Does, string Example)> Examples { get; } =
    [
        ("receive and store events", "scouthook serve --secret S"),
        ("see all 26 events being received", "scouthook demo"),
        ("watch what a gateway receives and delivers", "scouthook watch"),
        ("find out what failed", "scouthook deliveries --state deadLettered --since 24h"),
        ("develop without a Help Scout account", "scouthook emulate"),
        ("send one of each to your receiver", "scouthook emit all --to http://localhost:5000/webhook --secret S"),
        ("sign a body", "scouthook sign --secret S --file body.json"),
        ("find out why a signature does not match", "scouthook verify --secret S --signature X --file body.json"),
        ("check a body against the contract", "scouthook validate --event convo.created body.json"),
        ("print the contract", "scouthook asyncapi"),
    ];

    private int ShowHelp(ParseResult parseResult)
    {
        ((HelpWithExamples)_help.Action!).Invoke(parseResult);
        return ExitCode.WrongUsage;
    }
}
