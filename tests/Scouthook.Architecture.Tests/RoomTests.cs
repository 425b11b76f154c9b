using Scouthook.Architecture.Tests.Metadata;

namespace Scouthook.Architecture.Tests;

/// <summary>
/// The stages of the inbox share its nouns and communicate only through the store, so that each can crash and resume alone.
/// </summary>
public sealed class RoomTests
{
    private const string Inbox = "Scouthook.Inbox";

    /// <summary>Registers the backend.</summary>
    private const string Registration = "SqliteStoreServiceCollectionExtensions";

    private static readonly IReadOnlyList<TypeUse> Uses = AssemblyUses.Read(Repository.AssemblyOf(Inbox));

    private static readonly string[] Shared = ["Model", "Rules", "Storage", "Configuring", "Clocks", "Hosting"];

    /// <summary>A room and the rooms its types may use. Nested folders belong to their room.</summary>
    public static TheoryData<string, string[]> Rooms => new()
    {
        { "Receiving", Shared },
        { "Dispatching", Shared },
        { "Delivering", Shared },
        { "Replaying", Shared },
        { "Retention", Shared },
        { "Statistics", Shared },
        { "Reconciling", [.. Shared, "Delivering"] },
        { "Sources", [.. Shared, "Delivering"] },
        { "Model", [] },
        { "Rules", ["Model", "Clocks"] },
        { "Clocks", [] },
        { "Hosting", ["Storage"] },
        { "Storage", ["Model", "Rules", "Clocks", "Hosting"] },
    };

    [Theory]
    [MemberData(nameof(Rooms))]
    public void Room_uses_only_the_rooms_it_may_use(string room, string[] allowed)
    {
        Assert.Contains(Uses, use => RoomOf(use.From) == room);

        var others = Uses.Where(use => RoomOf(use.From) == room && RoomOf(use.To) is { Length: > 0 } other
            && other != room && !allowed.Contains(other));

        Findings.AssertNone(others.Select(use => $"{use.From} uses {use.To}"));
    }

    [Fact]
    public void Store_contracts_use_no_backend_and_no_files() => Findings.AssertNone(
        Uses.Where(use => use.From.Namespace == $"{Inbox}.Storage" && use.To.Namespace != use.From.Namespace
                && RoomOf(use.To) is not ("Model" or "Rules" or "Clocks"))
            .Select(use => $"{use.From} uses {use.To}"));

    [Fact]
    public void Backend_is_used_only_where_it_is_registered() => Assert.Equal(
        [Registration],
        Uses.Where(use => IsSqlite(use.To) && !IsSqlite(use.From)).Select(use => use.From.Name).Distinct());

    private static bool IsSqlite(TypeName type) =>
        type.Namespace == $"{Inbox}.Storage.Sqlite" || type.Namespace.StartsWith($"{Inbox}.Storage.Sqlite.", StringComparison.Ordinal);

    /// <summary>The first part of a namespace after that of the project; empty for the project's own namespace.</summary>
    private static string RoomOf(TypeName type) =>
        type.Namespace.StartsWith($"{Inbox}.", StringComparison.Ordinal) ? type.Namespace[(Inbox.Length + 1)..].Split('.')[0] : "";
}
