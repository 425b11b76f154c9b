namespace Scouthook.AspNetCore.Tests.Support;

/// <summary>The sample bodies of the contract, one per event.</summary>
internal static class Samples
{
    private static readonly Dictionary<string, byte[]> Bodies = Directory
        .GetFiles(Path.Combine(AppContext.BaseDirectory, "payloads"), "*.json")
        .ToDictionary(file => Path.GetFileNameWithoutExtension(file), File.ReadAllBytes);

    public static IReadOnlyList<string> Names { get; } = [.. Bodies.Keys.Order(StringComparer.Ordinal)];

    public static TheoryData<string> All => [.. Names];

    public static byte[] Body(string name) => Bodies[name];
}
