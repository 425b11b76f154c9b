using Scouthook.EndToEnd.Tests.Support;

namespace Scouthook.EndToEnd.Tests.Packages;

/// <summary>All packages, made once for the tests that look at them or install them.</summary>
public sealed class PackageFeed : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();

    public static IReadOnlyList<string> Libraries { get; } =
        ["Scouthook", "Scouthook.AspNetCore", "Scouthook.AsyncApi", "Scouthook.Inbox", "Scouthook.Testing"];

    public const string Tool = "Scouthook.Cli";

    /// <summary>A version no other run has, so that no cache can answer in place of what was just built.</summary>
    public string Version => $"0.1.0-e2e-{_folder.UniqueName}";

    public string Feed => _folder["feed"];

    public async ValueTask InitializeAsync()
    {
        var repository = _folder.Create("repository");
        await PackedRepository.CreateAsync(repository);
        await PackedRepository.PackAsync(repository, PackedRepository.Everything, Version, Feed);
    }

    public ValueTask DisposeAsync()
    {
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }

    internal Package Open(string id) => new(Path.Combine(Feed, $"{id}.{Version}"));
}
