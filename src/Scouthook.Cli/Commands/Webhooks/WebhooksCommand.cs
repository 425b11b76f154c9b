using System.CommandLine;
using Scouthook.Cli.CommandLine;

namespace Scouthook.Cli.Commands.Webhooks;

/// <summary><c>scouthook webhooks</c>: manages the registrations in Help Scout.</summary>
internal sealed class WebhooksCommand : Command, IHasExamples
{
    public WebhooksCommand(TimeProvider timeProvider)
        : base("webhooks", "List, check and change the webhook registrations in Help Scout.")
    {
        Subcommands.Add(new ListCommand());
        Subcommands.Add(new CreateCommand());
        Subcommands.Add(new UpdateCommand());
        Subcommands.Add(new DeleteCommand());
        Subcommands.Add(new EnableCommand());
        Subcommands.Add(new CheckCommand());
        Subcommands.Add(new PlanCommand());
        Subcommands.Add(new ApplyCommand());
        Subcommands.Add(new RotateSecretCommand(timeProvider));
    }

    public IReadOnlyList<(string Does, string Example)> Examples { get; } =
    [
        ("list all registrations of the account", "scouthook webhooks list"),
        ("register your URL; the command asks for what is missing", "scouthook webhooks create"),
        ("find out why no events arrive", "scouthook webhooks check --url https://example.com/webhook"),
        ("enable a registration that Help Scout has disabled", "scouthook webhooks enable 10"),
        ("replace the secret without rejecting an event", "scouthook webhooks rotate-secret"),
        ("make the registrations as the configuration declares them", "scouthook webhooks apply"),
    ];
}
