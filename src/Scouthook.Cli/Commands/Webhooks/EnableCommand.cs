using System.CommandLine;
using Scouthook.Cli.CommandLine;
using Scouthook.Cli.Registering;
using Scouthook.Registrations.Model;

namespace Scouthook.Cli.Commands.Webhooks;

/// <summary><c>scouthook webhooks enable</c>.</summary>
internal sealed class EnableCommand : Command, IHasExamples
{
    private readonly Argument<long> _id = RegistrationId.Argument();
    private readonly AccountOptions _account = new();
    private readonly SecretOptions _secret = new();

    public EnableCommand()
        : base("enable", "Enable a registration that Help Scout has disabled. The secret is sent again.")
    {
        Arguments.Add(_id);
        _secret.AddTo(this);
        _account.AddTo(this);
        SetAction(RunAsync);
    }

    public IReadOnlyList<(string Does, string Example)> Examples { get; } =
    [
        ("with the secret from scouthook.json", "scouthook webhooks enable 10"),
        ("with the secret from a file", "scouthook webhooks enable 10 --secret-file /run/secrets/helpscout"),
    ];

    private Task<int> RunAsync(ParseResult parseResult, CancellationToken cancellationToken) => _account.RunAsync(parseResult, async account =>
    {
        var id = parseResult.GetRequiredValue(_id);
        var registration = await account.Client.GetAsync(id, cancellationToken) ?? throw RegistrationId.NotFound(id);
        if (registration.IsEnabled)
        {
            Console.Out.WriteLine($"Registration {id} is already enabled.");
            return ExitCode.Ok;
        }

        var secret = _secret.Read(parseResult, account.Source);
        try
        {
            await account.Client.UpdateAsync(id, registration.ToRequest(secret) with { State = RegistrationState.Enabled }, cancellationToken);
        }
        catch (HelpScoutApiException exception) when (exception.Errors.Any(error => error.Path.StartsWith("events", StringComparison.Ordinal)))
        {
            // Dropping the event would lose it silently.
            throw new CommandFailedException(
                $"{exception.Message} Help Scout's own pages offer events that its API does not accept. Enable it there: Manage > Apps > Webhooks.");
        }

        // That an update can set the state is not documented for the API.
        if (await account.Client.GetAsync(id, cancellationToken) is { IsEnabled: false })
        {
            throw new CommandFailedException(
                $"Help Scout accepted the change, but registration {id} is still disabled. Enable it in Help Scout under Manage > Apps > Webhooks.");
        }

        Console.Out.WriteLine($"Enabled registration {id}.");
        return ExitCode.Ok;
    });
}
