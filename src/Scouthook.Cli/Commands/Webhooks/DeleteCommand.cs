using System.CommandLine;
using Scouthook.Cli.CommandLine;
using Scouthook.Cli.Registering;

namespace Scouthook.Cli.Commands.Webhooks;

/// <summary><c>scouthook webhooks delete</c>.</summary>
internal sealed class DeleteCommand : Command, IHasExamples
{
    private readonly Argument<long> _id = RegistrationId.Argument();
    private readonly AccountOptions _account = new();
    private readonly Option<bool> _yes = new("--yes", "-y") { Description = "Delete without asking." };

    public DeleteCommand()
        : base("delete", "Delete a registration. Help Scout stops sending its events.")
    {
        Arguments.Add(_id);
        Options.Add(_yes);
        _account.AddTo(this);
        SetAction(RunAsync);
    }

    public IReadOnlyList<(string Does, string Example)> Examples { get; } = [("without a question", "scouthook webhooks delete 10 --yes")];

    private Task<int> RunAsync(ParseResult parseResult, CancellationToken cancellationToken) => _account.RunAsync(parseResult, async account =>
    {
        var id = parseResult.GetRequiredValue(_id);
        if (!parseResult.GetValue(_yes) && !await IsConfirmedAsync(account, id, cancellationToken))
        {
            StandardOutput.TryWriteError("Nothing was deleted.");
            return ExitCode.Failed;
        }

        if (!await account.Client.DeleteAsync(id, cancellationToken))
        {
            throw RegistrationId.NotFound(id);
        }

        Console.Out.WriteLine($"Deleted registration {id}.");
        return ExitCode.Ok;
    });

    private static async Task<bool> IsConfirmedAsync(Account account, long id, CancellationToken cancellationToken)
    {
        if (!Terminal.CanAsk)
        {
            throw new UsageException("Pass --yes to delete without being asked.");
        }

        var registration = await account.Client.GetAsync(id, cancellationToken) ?? throw RegistrationId.NotFound(id);
        return await Terminal.ConfirmAsync($"Delete registration {id}, which sends events to {registration.Url}?", cancellationToken);
    }
}
