using System.Reflection;
using System.Text.RegularExpressions;

namespace Scouthook.Inbox.Tests;

/// <summary>Stages share nouns and meet in the store, so that each can crash and resume alone.</summary>
public sealed partial class ArchitectureTests
{
    private static readonly string Source = typeof(ArchitectureTests).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>().Single(it => it.Key == "InboxSource").Value!;

    private static readonly string[] Shared = ["Model", "Storage", "Configuring", "Clocks"];

    public static TheoryData<string, string[]> Rooms => new()
    {
        { "Receiving", Shared },
        { "Dispatching", Shared },
        { "Delivering", Shared },
        { "Replaying", Shared },
        { "Retaining", Shared },
        { "Declaring", [.. Shared, "Delivering"] },
        { "Model", [] },
        { "Clocks", [] },
        { "Storage", ["Model", "Clocks"] },
        { "Storage/Sqlite", ["Model", "Storage", "Clocks"] },
    };

    [Theory]
    [MemberData(nameof(Rooms))]
    public void Room_uses_only_what_it_may(string room, string[] allowed)
    {
        var files = Directory.GetFiles(Path.Combine(Source, room), "*.cs");
        Assert.NotEmpty(files);
        var mine = room.Replace('/', '.');

        var used = files.SelectMany(file => Mentioned().Matches(File.ReadAllText(file))
            .Select(match => match.Groups[1].Value)
            .Where(it => Directory.Exists(Path.Combine(Source, it)) && it != mine && it != mine.Split('.')[0] && !allowed.Contains(it))
            .Select(it => $"{Path.GetFileName(file)} uses {it}"));

        Assert.Empty(used.Distinct());
    }

    [Fact]
    public void Backend_is_named_only_where_it_is_put_together()
    {
        var naming = Directory.GetFiles(Source, "*.cs", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(Source, file).Replace('\\', '/'))
            .Where(file => !file.StartsWith("Storage/Sqlite/", StringComparison.Ordinal)
                && !file.StartsWith("obj/", StringComparison.Ordinal) && !file.StartsWith("bin/", StringComparison.Ordinal)
                && File.ReadAllText(Path.Combine(Source, file)).Contains("Storage.Sqlite;", StringComparison.Ordinal));

        Assert.Equal(["ScouthookBuilderInboxExtensions.cs"], naming);
    }

    [Fact]
    public void Log_messages_stand_in_one_file_with_an_id_each()
    {
        var files = Directory.GetFiles(Source, "*.cs", SearchOption.AllDirectories)
            .Where(file => LogMessage().IsMatch(File.ReadAllText(file)))
            .ToList();

        Assert.Equal("InboxLog.cs", Path.GetFileName(Assert.Single(files)));
        var ids = LogMessage().Matches(File.ReadAllText(files[0])).Select(it => it.Groups[1].Value).ToList();
        Assert.Equal(ids.Distinct(), ids);
    }

    /// <summary>A using or a name with part of its namespace: <c>Scouthook.Inbox.Model</c>, <c>Model.OrderingKey</c>.</summary>
    [GeneratedRegex(@"(?:Scouthook\.Inbox\.|(?<![\w.])(?=[A-Z]\w+\.[A-Z]))([A-Z]\w+)\b")]
    private static partial Regex Mentioned();

    [GeneratedRegex(@"\[LoggerMessage\(\s*(\d+)")]
    private static partial Regex LogMessage();
}
