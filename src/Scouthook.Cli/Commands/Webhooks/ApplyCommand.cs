using System.CommandLine;
using System.Text.Json.Nodes;
using Scouthook.Cli.CommandLine;
using Scouthook.Cli.Registering;
using Scouthook.Registrations.Comparing;

namespace Scouthook.Cli.Commands.Webhooks;

/// <summary><c>scouthook webhooks apply</c>.</summary>
internal sealed class ApplyCommand : Command, IHasExamples
{
    private readonly AccountOptions _account = new();
    private readonly SecretOptions _secret = new();
    private readonly Option<bool> _json = CommonOptions.Json();

    public ApplyCommand()
        : base("apply", "Make the registrations in Help Scout as the configuration declares them, and enable them. Deletes nothing.")
    {
        _secret.AddTo(this);
        Options.Add(_json);
        _account.AddTo(this);
        SetAction(RunAsync);
    }

    public IReadOnlyList<(string Does, string Example)> Examples { get; } =
    [
        ("show the changes first", "scouthook webhooks plan && scouthook webhooks apply"),
        ("with the secret from a file", "scouthook webhooks apply --secret-file /run/secrets/helpscout"),
    ];

    private Task<int> RunAsync(ParseResult parseResult, CancellationToken cancellationToken) => _account.RunAsync(parseResult, async account =>
    {
        var plan = await PlanWriter.CreateAsync(account, cancellationToken);
        var secret = plan.IsEmpty ? "" : _secret.Read(parseResult, account.Source);
        var json = parseResult.GetValue(_json);
        var done = new JsonArray();
        try
        {
            foreach (var change in plan.Changes)
            {
                var id = await ApplyAsync(account, change, secret, cancellationToken);
                var result = PlanWriter.ToJson(change);
                result["id"] = id;
                done.Add((JsonNode)result);
                if (!json && change.Action is not PlannedAction.None)
                {
                    RegistrationWriter.WriteLine($"{(change.Action is PlannedAction.Create ? "Created" : "Updated")} registration {id}: {change.Expected.Name} ({change.Expected.Url}).");
                }
            }
        }
        finally
        {
            // Also what was done before a failure.
            if (json)
            {
                JsonOutput.Write(new JsonObject { ["changes"] = done });
            }
        }

        if (!json && plan.IsEmpty)
        {
            Console.Out.WriteLine("Nothing to change.");
        }

        return ExitCode.Ok;
    });

    private static async Task<long> ApplyAsync(Account account, PlannedChange change, string secret, CancellationToken cancellationToken)
    {
        if (change.Action is not PlannedAction.None)
        {
            RegistrationMembers.WarnAbout(change.Expected.Url);
        }

        switch (change.Action)
        {
            case PlannedAction.Create:
                return await account.Client.CreateAsync(change.Expected.ToRequest(secret), cancellationToken);
            case PlannedAction.Update:
                await account.Client.UpdateAsync(change.Actual!.Id, change.Expected.ToRequest(change.Actual, secret), cancellationToken);
                return change.Actual.Id;
            default:
                return change.Actual!.Id;
        }
    }
}
