using System.Text.RegularExpressions;

namespace Scouthook.Architecture.Tests;

/// <summary>Sizes and names of files and folders in <c>src</c>.</summary>
public sealed partial class LayoutTests
{
    private const int MostLines = 350;

    private const int MostFiles = 25;

    /// <summary>Folders that group files of one namespace, which stays that of the folder above.</summary>
    private static readonly Dictionary<string, string> FlatNamespaces = new()
    {
        // An app writes one using for all it configures, and one each for events and payloads.
        ["src/Scouthook.AspNetCore/Options"] = "Scouthook.AspNetCore",
        ["src/Scouthook.Inbox/Options"] = "Scouthook.Inbox",
        ["src/Scouthook/Events/Families"] = "Scouthook.Events",
        ["src/Scouthook/Payloads/Chats"] = "Scouthook.Payloads",
        ["src/Scouthook/Payloads/Conversations"] = "Scouthook.Payloads",
        ["src/Scouthook/Payloads/Customers"] = "Scouthook.Payloads",
        ["src/Scouthook/Payloads/Organizations"] = "Scouthook.Payloads",
        ["src/Scouthook/Payloads/Ratings"] = "Scouthook.Payloads",
        ["src/Scouthook/Payloads/Reading"] = "Scouthook.Payloads",
        ["src/Scouthook/Payloads/Threads"] = "Scouthook.Payloads",
        ["src/Scouthook/Payloads/Users"] = "Scouthook.Payloads",

        // Nouns that refer to each other: separate namespaces would form a cycle.
        ["src/Scouthook.Inbox/Model/Access"] = "Scouthook.Inbox.Model",
        ["src/Scouthook.Inbox/Model/Deliveries"] = "Scouthook.Inbox.Model",
        ["src/Scouthook.Inbox/Model/Endpoints"] = "Scouthook.Inbox.Model",
        ["src/Scouthook.Inbox/Model/Events"] = "Scouthook.Inbox.Model",
        ["src/Scouthook.Inbox/Model/Replays"] = "Scouthook.Inbox.Model",
        ["src/Scouthook.Inbox/Model/Sources"] = "Scouthook.Inbox.Model",
        ["src/Scouthook.Inbox/Rules/Search"] = "Scouthook.Inbox.Rules",
        ["src/Scouthook.Inbox/Rules/Sources"] = "Scouthook.Inbox.Rules",
        ["src/Scouthook.Inbox/Rules/Statistics"] = "Scouthook.Inbox.Rules",
        ["src/Scouthook.Inbox/Storage/Errors"] = "Scouthook.Inbox.Storage",

        // Sources of apps to be, whose names replace these.
        ["src/Scouthook.Templates/templates/scouthook-app"] = "ScouthookApp1",
        ["src/Scouthook.Templates/templates/scouthook-durable"] = "ScouthookDurable1",

        // One backend, whose statements share a transaction.
        ["src/Scouthook.Inbox/Storage/Sqlite/Database"] = "Scouthook.Inbox.Storage.Sqlite",
        ["src/Scouthook.Inbox/Storage/Sqlite/Deliveries"] = "Scouthook.Inbox.Storage.Sqlite",
        ["src/Scouthook.Inbox/Storage/Sqlite/Endpoints"] = "Scouthook.Inbox.Storage.Sqlite",
        ["src/Scouthook.Inbox/Storage/Sqlite/Events"] = "Scouthook.Inbox.Storage.Sqlite",
        ["src/Scouthook.Inbox/Storage/Sqlite/History"] = "Scouthook.Inbox.Storage.Sqlite",
        ["src/Scouthook.Inbox/Storage/Sqlite/Replays"] = "Scouthook.Inbox.Storage.Sqlite",
        ["src/Scouthook.Inbox/Storage/Sqlite/Sources"] = "Scouthook.Inbox.Storage.Sqlite",
        ["src/Scouthook.Inbox.PostgreSql/Database"] = "Scouthook.Inbox.PostgreSql",
        ["src/Scouthook.Inbox.PostgreSql/Deliveries"] = "Scouthook.Inbox.PostgreSql",
        ["src/Scouthook.Inbox.PostgreSql/Endpoints"] = "Scouthook.Inbox.PostgreSql",
        ["src/Scouthook.Inbox.PostgreSql/Events"] = "Scouthook.Inbox.PostgreSql",
        ["src/Scouthook.Inbox.PostgreSql/History"] = "Scouthook.Inbox.PostgreSql",
        ["src/Scouthook.Inbox.PostgreSql/Replays"] = "Scouthook.Inbox.PostgreSql",
        ["src/Scouthook.Inbox.PostgreSql/Sources"] = "Scouthook.Inbox.PostgreSql",
    };

    /// <summary>Projects whose few public types are all in its own namespace, whatever folder they are in.</summary>
    private static readonly string[] OneNamespace = ["Scouthook.Testing"];

    /// <summary>Files whose types extend the framework, and so are found without a using.</summary>
    private static readonly Dictionary<string, string> FrameworkNamespaces = new()
    {
        ["src/Scouthook.AspNetCore/ScouthookEndpointRouteBuilderExtensions.cs"] = "Microsoft.AspNetCore.Builder",
        ["src/Scouthook.AspNetCore/ScouthookHealthChecksBuilderExtensions.cs"] = "Microsoft.Extensions.DependencyInjection",
        ["src/Scouthook.AspNetCore/ScouthookServiceCollectionExtensions.cs"] = "Microsoft.Extensions.DependencyInjection",
        ["src/Scouthook.Inbox/IInboxBuilder.cs"] = "Microsoft.Extensions.DependencyInjection",
        ["src/Scouthook.Inbox/InboxBuilderExtensions.cs"] = "Microsoft.Extensions.DependencyInjection",
        ["src/Scouthook.Inbox/SqliteStoreServiceCollectionExtensions.cs"] = "Microsoft.Extensions.DependencyInjection",
        ["src/Scouthook.Inbox/ScouthookBuilderInboxExtensions.cs"] = "Microsoft.Extensions.DependencyInjection",
        ["src/Scouthook.Inbox.PostgreSql/PostgreSqlInboxBuilderExtensions.cs"] = "Microsoft.Extensions.DependencyInjection",
        ["src/Scouthook.Inbox.PostgreSql/PostgreSqlStoreServiceCollectionExtensions.cs"] = "Microsoft.Extensions.DependencyInjection",
        ["src/Scouthook.Management/ScouthookManagementEndpointRouteBuilderExtensions.cs"] = "Microsoft.AspNetCore.Builder",
        ["src/Scouthook.Management/ScouthookManagementServiceCollectionExtensions.cs"] = "Microsoft.Extensions.DependencyInjection",
        ["src/Scouthook.OpenTelemetry/ScouthookMeterProviderBuilderExtensions.cs"] = "OpenTelemetry.Metrics",
        ["src/Scouthook.OpenTelemetry/ScouthookTracerProviderBuilderExtensions.cs"] = "OpenTelemetry.Trace",
        ["src/Scouthook.Registrations/ScouthookRegistrationsServiceCollectionExtensions.cs"] = "Microsoft.Extensions.DependencyInjection",
        ["src/Scouthook.Testing/ScouthookTestingServiceCollectionExtensions.cs"] = "Microsoft.Extensions.DependencyInjection",
        ["src/Scouthook/Handling/IScouthookBuilder.cs"] = "Microsoft.Extensions.DependencyInjection",
        ["src/Scouthook/Handling/ScouthookBuilderExtensions.cs"] = "Microsoft.Extensions.DependencyInjection",
        ["src/Scouthook/Handling/ScouthookCoreServiceCollectionExtensions.cs"] = "Microsoft.Extensions.DependencyInjection",
    };

    /// <summary>Files whose names legitimately contain a number.</summary>
    private static readonly string[] NumbersWithMeaning =
    [
        // Versions of the formats they write and read.
        "src/Scouthook.AsyncApi/Rendering/AsyncApi2Document.cs",
        "src/Scouthook.AsyncApi/Rendering/AsyncApi3Document.cs",
        "src/Scouthook/Parsing/V1Members.cs",
    ];

    private static readonly IReadOnlyList<string> Sources =
        [.. Repository.Files("src", "*.cs"), .. Repository.Files("src", "*.razor"), .. Repository.Files("src", "*.sql")];

    [Fact]
    public void No_source_file_has_more_than_350_lines() => Findings.AssertNone(
        Sources.Select(file => (Name: file, Lines: Repository.ReadAllText(file).Count(character => character == '\n')))
            .Where(file => file.Lines > MostLines)
            .Select(file => $"{file.Name} has {file.Lines} lines."));

    [Fact]
    public void No_folder_has_more_than_25_source_files() => Findings.AssertNone(
        CSharpFiles().CountBy(FolderOf).Where(folder => folder.Value > MostFiles)
            .Select(folder => $"{folder.Key} has {folder.Value} files."));

    [Fact]
    public void Nothing_is_named_by_a_number_or_as_miscellaneous() => Findings.AssertNone(
        Sources.Where(file => NamedByNumber().IsMatch(file) && !IsMigration().IsMatch(file) && !NumbersWithMeaning.Contains(file)));

    [Fact]
    public void Namespace_of_a_file_follows_its_folder() => Findings.AssertNone(
        CSharpFiles().Select(file => (Name: file, Namespace: NamespaceIn(file), Expected: ExpectedNamespace(file)))
            .Where(file => file.Namespace.Length > 0 && file.Namespace != file.Expected && !OneNamespace.Contains(file.Namespace))
            .Select(file => $"{file.Name} is in {file.Namespace}, its folder is {file.Expected}."));

    [Fact]
    public void Every_exception_still_applies()
    {
        Assert.All(FlatNamespaces.Keys, folder => Assert.Contains(CSharpFiles(), file => FolderOf(file) == folder));
        Assert.All(FrameworkNamespaces.Keys.Concat(NumbersWithMeaning), file => Assert.Contains(file, Sources));
    }

    private static IEnumerable<string> CSharpFiles() => Sources.Where(file => file.EndsWith(".cs", StringComparison.Ordinal));

    private static string FolderOf(string file) => file[..file.LastIndexOf('/')];

    private static string NamespaceIn(string file) => Namespace().Match(Repository.ReadAllText(file)).Groups[1].Value;

    private static string ExpectedNamespace(string file) =>
        FrameworkNamespaces.TryGetValue(file, out var framework) ? framework
        : FlatNamespaces.TryGetValue(FolderOf(file), out var flat) ? flat
        : FolderOf(file)["src/".Length..].Replace('/', '.');

    [GeneratedRegex(@"^namespace ([\w.]+)", RegexOptions.Multiline)]
    private static partial Regex Namespace();

    /// <summary>A number in the name of a file or folder, or a catch-all name such as Misc.</summary>
    [GeneratedRegex(@"\d|/(Misc|Miscellaneous|Common|Shared|Helpers?|Utils?|Utilities|Extras?|Others?|Stuff)[/.]", RegexOptions.IgnoreCase)]
    private static partial Regex NamedByNumber();

    /// <summary>Steps of a schema are applied in the order of their numbers.</summary>
    [GeneratedRegex(@"/Schema/\d{4}-[a-z-]+\.sql$")]
    private static partial Regex IsMigration();
}
