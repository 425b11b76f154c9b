using System.CommandLine;
using Scouthook.Cli.CommandLine;
using Scouthook.Cli.Registering;
using Scouthook.Registrations.Model;

namespace Scouthook.Cli.Commands.Webhooks;

/// <summary><c>scouthook webhooks update</c>.</summary>
internal sealed class UpdateCommand : Command, IHasExamples
{
    private readonly Argument<long> _id = RegistrationId.Argument();
    private readonly AccountOptions _account = new();
    private readonly RegistrationMembers _members = new();
    private readonly SecretOptions _secret = new();
    private readonly Option<bool> _json = CommonOptions.Json();

    public UpdateCommand()
        : base("update", "Change a registration. Options that you omit stay unchanged. The secret is sent again.")
    {
        Arguments.Add(_id);
        _members.AddTo(this);
        _secret.AddTo(this);
        Options.Add(_json);
        _account.AddTo(this);
        SetAction(RunAsync);
    }

    public IReadOnlyList<(string Does, string Example)> Examples { get; } =
    [
        ("after a move", "scouthook webhooks update 10 --url https://new.example.com/webhook"),
        ("send all events", "scouthook webhooks update 10 --all-events"),
    ];

    private Task<int> RunAsync(ParseResult parseResult, CancellationToken cancellationToken) => _account.RunAsync(parseResult, async account =>
    {
        if (!_members.AreGiven(parseResult) && !_secret.IsGiven(parseResult))
        {
            throw new UsageException("Nothing to change. Pass at least one option, such as --url or --event.");
        }

        var id = parseResult.GetRequiredValue(_id);
        var secret = _secret.Read(parseResult, account.Source);
        var registration = await account.Client.GetAsync(id, cancellationToken) ?? throw RegistrationId.NotFound(id);
        var request = _members.Apply(registration.ToRequest(secret), parseResult);
        RegistrationMembers.WarnAbout(request.Url);
        _members.WarnAboutUnknownEvents(parseResult);
        try
        {
            await account.Client.UpdateAsync(id, request, cancellationToken);
        }
        catch (HelpScoutApiException exception) when (_members.Events(parseResult) is null)
        {
            throw new CommandFailedException($"{exception.Message}{RegistrationId.EventAdvice(registration, exception)}");
        }

        if (parseResult.GetValue(_json))
        {
            JsonOutput.Write(RegistrationWriter.ToJson(await account.Client.GetAsync(id, cancellationToken) ?? throw RegistrationId.NotFound(id)));
        }
        else
        {
            Console.Out.WriteLine($"Updated registration {id}.");
        }

        return ExitCode.Ok;
    });
}
