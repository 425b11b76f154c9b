using System.CommandLine;
using System.Text.Json.Nodes;
using Scouthook.Cli.CommandLine;
using Scouthook.Cli.Registering;
using Scouthook.Registrations.Model;

namespace Scouthook.Cli.Commands.Webhooks;

/// <summary><c>scouthook webhooks create</c>.</summary>
internal sealed class CreateCommand : Command, IHasExamples
{
    private readonly AccountOptions _account = new();
    private readonly RegistrationMembers _members = new();
    private readonly SecretOptions _secret = new();
    private readonly Option<bool> _json = CommonOptions.Json();

    public CreateCommand()
        : base("create", "Register a webhook. On a terminal, asks for the URL and the events if they are not given.")
    {
        _members.AddTo(this);
        _secret.AddTo(this);
        Options.Add(_json);
        _account.AddTo(this);
        SetAction(RunAsync);
    }

    public IReadOnlyList<(string Does, string Example)> Examples { get; } =
    [
        ("all events, with a generated secret", "scouthook webhooks create --url https://example.com/webhook --all-events"),
        ("two events of one inbox, with the secret of your receiver", "scouthook webhooks create --url https://example.com/webhook --event convo.created,convo.tags --mailbox 12345 --secret-file secret.txt"),
    ];

    private Task<int> RunAsync(ParseResult parseResult, CancellationToken cancellationToken) => _account.RunAsync(parseResult, async account =>
    {
        var url = await UrlAsync(parseResult, cancellationToken);
        var events = await EventsAsync(parseResult, cancellationToken);
        var known = _secret.Find(parseResult, account.Source);
        var secret = known ?? SecretOptions.Generate();
        var request = _members.Apply(new RegistrationRequest { Url = url, Events = events, Secret = secret }, parseResult);
        RegistrationMembers.WarnAbout(url);
        _members.WarnAboutUnknownEvents(parseResult);

        var id = await account.Client.CreateAsync(request, cancellationToken);
        Write(id, request, known is null, account.Source, parseResult.GetValue(_json));
        return ExitCode.Ok;
    });

    private async Task<string> UrlAsync(ParseResult parseResult, CancellationToken cancellationToken)
    {
        if (_members.Url(parseResult) is { } url)
        {
            return url;
        }

        return Terminal.CanAsk
            ? await Terminal.AskAsync("Public URL that Help Scout posts events to:", RegistrationRules.UrlProblem, cancellationToken)
            : throw new UsageException("No URL given. Pass --url with the public URL that Help Scout should post events to.");
    }

    private async Task<IReadOnlyList<string>> EventsAsync(ParseResult parseResult, CancellationToken cancellationToken)
    {
        if (_members.Events(parseResult) is { } events)
        {
            return events;
        }

        return Terminal.CanAsk
            ? await Terminal.ChooseAsync("Events to send:", AcceptedEvents.All, cancellationToken)
            : throw new UsageException("No events given. Pass --event for each event, or --all-events.");
    }

    private static void Write(long id, RegistrationRequest request, bool isGenerated, SourceConfiguration source, bool json)
    {
        if (json)
        {
            var result = new JsonObject { ["id"] = id, ["url"] = request.Url };
            if (isGenerated)
            {
                result["secret"] = request.Secret;
            }

            JsonOutput.Write(result);
            return;
        }

        RegistrationWriter.WriteLine($"Created registration {id}: Help Scout sends {RegistrationWriter.Events(request.Events)} to {request.Url}.");
        if (isGenerated)
        {
            Console.Out.WriteLine();
            Console.Out.WriteLine($"Secret: {request.Secret}");
            Prose.WriteLine("It is shown only once, and Help Scout never returns it. Give it to your receiver now, in one of these ways:");
            Prose.WriteLine($"  scouthook serve --secret-file FILE, or the environment variable {CommonOptions.SecretVariable}");
            Prose.WriteLine($"  {source.KeyOf("Secrets:0")} in the configuration");
        }
    }
}
