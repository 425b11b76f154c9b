using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Scouthook.Gateway.Tests.Operating;

/// <summary>A gateway starts with each of the settings that a page shows.</summary>
public sealed partial class DocumentedSettingsTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public static TheoryData<string, int> Blocks =>
    [
        .. Directory.EnumerateFiles(Repository.PathOf("docs"), "*.md").Append(Repository.PathOf("deploy/README.md"))
            .SelectMany(page => Settings(page).Select((_, index) =>
                new TheoryDataRow<string, int>(Path.GetRelativePath(Repository.Root, page), index))),
    ];

    [Theory]
    [MemberData(nameof(Blocks))]
    public async Task Gateway_starts_with_the_settings_of_a_page(string page, int index)
    {
        using var folder = new Folder();
        var settings = SecretFile().Replace(Settings(Repository.PathOf(page))[index], match =>
        {
            var file = folder[Path.GetFileName(match.Groups["file"].Value)];
            File.WriteAllText(file, "a-secret-of-the-documentation\n");
            return $"\"{match.Groups["name"].Value}\": \"{file}\"";
        });
        await File.WriteAllTextAsync(folder["scouthook.json"], settings, Cancelled);

        await using var gateway = await HostedGateway.StartAsync(new GatewaySetup { Folder = folder.Path });

        var sources = (await gateway.Client.JsonAsync("/api/v1/sources"))["items"]!.AsArray();
        var shown = JsonNode.Parse(settings)!["Scouthook"]!["Sources"]?.AsObject().Select(source => source.Key) ?? [];
        Assert.Superset(shown.ToHashSet(), sources.Select(source => (string)source!["name"]!).ToHashSet());
    }

    private static List<string> Settings(string page) =>
    [
        .. Block().Matches(File.ReadAllText(page)).Select(match => match.Groups[1].Value)
            .Where(json => JsonNode.Parse(json)!["Scouthook"] is not null),
    ];

    [GeneratedRegex(@"^```json\n(.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Block();

    [GeneratedRegex(@"""(?<name>File|SecretFile)"": ""(?<file>[^""]*)""")]
    private static partial Regex SecretFile();
}
