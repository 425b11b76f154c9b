using System.CommandLine;
using System.Text.Json.Nodes;
using Scouthook.Cli.CommandLine;
using Scouthook.Cli.Registering;
using Scouthook.Registrations.Comparing;
using Scouthook.Registrations.Model;

namespace Scouthook.Cli.Commands.Webhooks;

/// <summary><c>scouthook webhooks check</c>.</summary>
internal sealed class CheckCommand : Command, IHasExamples
{
    private readonly AccountOptions _account = new();
    private readonly RegistrationMembers _members = new();
    private readonly Option<bool> _json = CommonOptions.Json();

    public CheckCommand()
        : base("check", "Report what is wrong with the registrations of a source. Exits with 1 if anything is.")
    {
        _members.AddTo(this, onlyExpected: true);
        Options.Add(_json);
        _account.AddTo(this);
        SetAction(RunAsync);
    }

    public IReadOnlyList<(string Does, string Example)> Examples { get; } =
    [
        ("compare with scouthook.json; if it declares none, check what calls its path", "scouthook webhooks check"),
        ("check the registration of a URL", "scouthook webhooks check --url https://example.com/webhook --event convo.created"),
    ];

    private Task<int> RunAsync(ParseResult parseResult, CancellationToken cancellationToken) => _account.RunAsync(parseResult, async account =>
    {
        var expected = Expected(parseResult, account.Source);
        var actual = await account.Client.ListAsync(cancellationToken);
        var compared = expected.Count > 0
            ? RegistrationComparison.Compare(expected, actual)
            : RegistrationComparison.CompareUndeclared(account.Source.Path, actual);

        _members.WarnAboutUnknownEvents(parseResult);
        WarnAboutDuplicates(compared, actual);
        var isFine = compared.All(comparison => comparison.Differences.Count == 0);
        if (parseResult.GetValue(_json))
        {
            JsonOutput.Write(new JsonObject
            {
                ["source"] = account.Source.Name,
                ["ok"] = isFine,
                ["registrations"] = new JsonArray([.. compared.Select(ToJson)]),
            });
        }
        else
        {
            foreach (var comparison in compared)
            {
                Write(comparison, account.Source.Connection.Webhooks.Any(webhook => webhook.Name == comparison.Expected?.Name));
            }
        }

        return isFine ? ExitCode.Ok : ExitCode.Failed;
    });

    private IReadOnlyList<ExpectedRegistration> Expected(ParseResult parseResult, SourceConfiguration source)
    {
        if (_members.Url(parseResult) is not { } url)
        {
            return _members.Events(parseResult) is null
                ? source.Connection.Webhooks
                : throw new UsageException("Pass --url to name the registration that should send these events.");
        }

        // What is declared for the URL also applies, unless an option says otherwise.
        var declared = source.Connection.Webhooks.FirstOrDefault(webhook => webhook.Url == url)
            ?? new ExpectedRegistration { Name = url, Url = url };
        return [declared with { Events = _members.Events(parseResult) ?? declared.Events }];
    }

    /// <summary>Warns that the receiver gets some events several times.</summary>
    private static void WarnAboutDuplicates(IReadOnlyList<RegistrationComparison> compared, IReadOnlyList<WebhookRegistration> actual)
    {
        foreach (var url in compared.Select(comparison => comparison.Actual?.Url).Distinct())
        {
            var same = actual.Where(registration => registration.Url == url && registration.IsEnabled).ToList();
            if (same.SelectMany(registration => registration.Events).GroupBy(name => name).Any(group => group.Count() > 1))
            {
                StandardOutput.TryWriteError(
                    $"Warning: registrations {string.Join(", ", same.Select(registration => registration.Id))} all call {url}, so it receives "
                    + "some events more than once. Delete those you don't need with scouthook webhooks delete.");
            }
        }
    }

    private static JsonObject ToJson(RegistrationComparison comparison) => new()
    {
        ["name"] = comparison.Expected?.Name,
        ["id"] = comparison.Actual?.Id,
        ["url"] = comparison.Actual?.Url ?? comparison.Expected?.Url,
        ["differences"] = RegistrationWriter.ToJson(comparison.Differences),
    };

    private static void Write(RegistrationComparison comparison, bool isDeclared)
    {
        if (comparison.Actual is not { } actual)
        {
            RegistrationWriter.WriteLine(string.Join(' ', comparison.Differences.Select(difference => difference.Description))
                + (isDeclared
                    ? " Create it with scouthook webhooks apply, or see scouthook webhooks list."
                    : " Create one with scouthook webhooks create, or see scouthook webhooks list."));
            return;
        }

        if (comparison.Differences.Count == 0)
        {
            RegistrationWriter.WriteLine($"Registration {actual.Id} ({actual.Url}) is in order.");
            return;
        }

        RegistrationWriter.WriteLine($"Registration {actual.Id} ({actual.Url}):");
        foreach (var difference in comparison.Differences)
        {
            RegistrationWriter.WriteLine($"  {difference.Description}{Advice(difference, actual.Id)}");
        }
    }

    private static string Advice(RegistrationDifference difference, long id) => difference.Kind switch
    {
        RegistrationDifferenceKind.Disabled =>
            $" Help Scout does so after 10 events it could not deliver, and at once after a 410. Fix the receiver, then run scouthook webhooks enable {id}.",
        _ => "",
    };
}
