using System.Text.RegularExpressions;
using Scouthook.Architecture.Tests.Metadata;

namespace Scouthook.Architecture.Tests;

/// <summary>Rules are written once: a store carries them out, and a second store must not repeat them.</summary>
public sealed partial class StoreRuleTests
{
    private const string RulesFolder = "src/Scouthook.Inbox/Rules/";
    private const string Sqlite = "Scouthook.Inbox.Storage.Sqlite";
    private const string SqliteFolder = "src/Scouthook.Inbox/Storage/Sqlite/";

    /// <summary>What decides who gets an event, when it is retried, given up or held back, and what an operator reads.</summary>
    private static readonly string[] Conditions =
    [
        "Subscription", "EventPattern", "RetrySchedule", "EndpointCircuit", "DeclarationRule", "EventStates", "OperationalFacts",
    ];

    /// <summary>Sentences of the store itself: its files, its locks, and the use of its own types.</summary>
    private static readonly string[] OwnSentences = ["Database/", "Deliveries/SqliteLeaseClaim.cs"];

    private static readonly IReadOnlyList<TypeUse> Uses = AssemblyUses.Read(Repository.AssemblyOf("Scouthook.Inbox"));

    [Fact]
    public void Rules_reference_no_database()
    {
        Findings.AssertNone(DatabasesIn(RulesFolder));
        Assert.NotEmpty(DatabasesIn(SqliteFolder));
    }

    [Fact]
    public void Store_names_no_condition_of_a_rule() => Findings.AssertNone(
        Uses.Where(use => IsIn(use.From, Sqlite) && Conditions.Contains(use.To.Name) && !IsRow(use))
            .Select(use => $"{use.From} uses {use.To}"));

    [Fact]
    public void Store_writes_no_sentence_that_an_operator_reads() => Findings.AssertNone(
        Repository.Files(SqliteFolder, "*.cs")
            .Where(file => !OwnSentences.Any(own => file[SqliteFolder.Length..].StartsWith(own, StringComparison.Ordinal)))
            .SelectMany(file => Sentence().Matches(Repository.ReadAllText(file)).Select(match => $"{file}: {match.Value}")));

    [Theory]
    [InlineData("\"It was deleted.\"", true)]
    [InlineData("'It was deleted.'", true)]
    [InlineData("\"SELECT count(*) FROM event\"", false)]
    public void Sentence_is_recognised(string code, bool isSentence) => Assert.Equal(isSentence, Sentence().IsMatch(code));

    private static IEnumerable<string> DatabasesIn(string folder) => Repository.Files(folder, "*.cs")
        .SelectMany(file => Database().Matches(Repository.ReadAllText(file)).Select(match => $"{file}: {match.Value}"));

    /// <summary>A row holds the set of states of its endpoint, as a number.</summary>
    private static bool IsRow(TypeUse use) => use.To.Name == "EventStates" && use.From.Name == "SqliteEndpointWrites";

    private static bool IsIn(TypeName type, string room) =>
        type.Namespace == room || type.Namespace.StartsWith($"{room}.", StringComparison.Ordinal);

    /// <summary>A namespace of a database package, in a using or in a full name.</summary>
    [GeneratedRegex(@"\b(Microsoft\.Data|SQLitePCL|Dapper|Npgsql|System\.Data|Scouthook\.Inbox\.Storage)\b")]
    private static partial Regex Database();

    /// <summary>Several words in quotes that begin with a capital and end with a full stop.</summary>
    [GeneratedRegex("""["'][A-Z][a-z]+( [a-zA-Z{}.]+)+\.["']""")]
    private static partial Regex Sentence();
}
