using System.Text.Json.Nodes;
using Scouthook.Cli.CommandLine;
using Scouthook.Registrations.Comparing;

namespace Scouthook.Cli.Registering;

/// <summary>Shows a plan, before it is carried out or while it is.</summary>
internal static class PlanWriter
{
    /// <summary>The width of the action that each line starts with.</summary>
    private const int ActionWidth = 9;

    /// <exception cref="UsageException">The configuration declares no registrations.</exception>
    public static async Task<RegistrationPlan> CreateAsync(Account account, CancellationToken cancellationToken) =>
        account.Source.Connection.Webhooks is { Count: > 0 } declared
            ? RegistrationPlan.Create(declared, await account.Client.ListAsync(cancellationToken))
            : throw new UsageException(
                $"No registrations are declared for source {account.Source.Name}. Declare them in the configuration as "
                + $"{account.Source.KeyOf("HelpScout:Webhooks")}:<name>, each with its Url and Events.");

    public static void WriteJson(RegistrationPlan plan) => JsonOutput.Write(new JsonObject
    {
        ["changes"] = new JsonArray([.. plan.Changes.Select(ToJson)]),
        ["undeclared"] = new JsonArray([.. plan.Undeclared.Select(RegistrationWriter.ToJson)]),
    });

    public static JsonObject ToJson(PlannedChange change) => new()
    {
        ["name"] = change.Expected.Name,
        ["action"] = RegistrationWriter.Name(change.Action),
        ["id"] = change.Actual?.Id,
        ["url"] = change.Expected.Url,
        ["differences"] = RegistrationWriter.ToJson(change.Differences),
    };

    public static void Write(PlannedChange change)
    {
        var name = $"{change.Expected.Name} ({change.Expected.Url})";
        RegistrationWriter.WriteLine(change.Action switch
        {
            PlannedAction.Create => $"create   {name}: {RegistrationWriter.Events(change.Expected.ToRequest("").Events)}",
            PlannedAction.Update => $"update   {name}, registration {change.Actual!.Id}:",
            _ => $"as is    {name}, registration {change.Actual!.Id}",
        }, ActionWidth);
        foreach (var difference in change.Action is PlannedAction.Update ? change.Differences : [])
        {
            RegistrationWriter.WriteLine($"           {difference.Description}");
        }
    }

    public static void WriteUndeclared(RegistrationPlan plan)
    {
        foreach (var registration in plan.Undeclared)
        {
            RegistrationWriter.WriteLine($"ignored  {registration.Url}, registration {registration.Id}: not declared", ActionWidth);
        }
    }
}
