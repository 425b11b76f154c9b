using System.CommandLine;
using Scouthook.Cli.CommandLine;
using Scouthook.Cli.Registering;

namespace Scouthook.Cli.Commands.Webhooks;

/// <summary><c>scouthook webhooks plan</c>.</summary>
internal sealed class PlanCommand : Command, IHasExamples
{
    private readonly AccountOptions _account = new();
    private readonly Option<bool> _json = CommonOptions.Json();

    public PlanCommand()
        : base("plan", "Show what apply would change in Help Scout. Changes nothing.")
    {
        Options.Add(_json);
        _account.AddTo(this);
        SetAction(RunAsync);
    }

    public IReadOnlyList<(string Does, string Example)> Examples { get; } =
    [
        ("compare scouthook.json with Help Scout", "scouthook webhooks plan"),
        ("with another configuration", "scouthook webhooks plan --config staging.json"),
    ];

    private Task<int> RunAsync(ParseResult parseResult, CancellationToken cancellationToken) => _account.RunAsync(parseResult, async account =>
    {
        var plan = await PlanWriter.CreateAsync(account, cancellationToken);
        if (parseResult.GetValue(_json))
        {
            PlanWriter.WriteJson(plan);
            return ExitCode.Ok;
        }

        foreach (var change in plan.Changes)
        {
            PlanWriter.Write(change);
        }

        PlanWriter.WriteUndeclared(plan);
        Prose.WriteLine(plan.IsEmpty
            ? "Nothing to change."
            : "To make these changes, pass the same options to scouthook webhooks apply. Nothing is ever deleted.");
        return ExitCode.Ok;
    });
}
