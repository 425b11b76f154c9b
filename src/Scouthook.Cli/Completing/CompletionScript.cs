namespace Scouthook.Cli.Completing;

/// <summary>The completion scripts of the shells. Each asks <c>scouthook complete</c>, so none has to change with the commands.</summary>
internal static class CompletionScript
{
    public static IReadOnlyList<string> Shells { get; } = ["bash", "zsh", "fish", "powershell"];

    public static string Read(string shell)
    {
        using var resource = typeof(CompletionScript).Assembly.GetManifestResourceStream($"completion/{shell}")!;
        using var reader = new StreamReader(resource);
        return reader.ReadToEnd();
    }
}
