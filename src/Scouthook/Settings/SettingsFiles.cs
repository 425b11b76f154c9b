namespace Scouthook.Settings;

/// <summary>
/// The files with secrets that settings refer to, with their content when the settings were read.
/// </summary>
/// <remarks>
/// Compared by content and not by timestamp, and without a file watcher: mounted secrets change by swapping a link,
/// which raises no event, and a watcher is not available everywhere. A pipe can be read only once, and opening it again
/// may wait for a writer forever, so its content is kept for as long as the process runs, and one that appears later is
/// an error.
/// </remarks>
/// <param name="root">The directory that relative paths start from.</param>
/// <param name="previous">The files as read before, whose pipes are kept.</param>
/// <param name="isStart">Whether the app starts, so that reading may wait.</param>
internal sealed class SettingsFiles(string root, SettingsFiles? previous = null, bool isStart = false)
{
    private const int MostBytes = 64 * 1024;

    private readonly Dictionary<string, string> _contents = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _pipes = previous?._pipes ?? new(StringComparer.Ordinal);

    /// <returns>The secret without line breaks at its end; <see langword="null"/> with the reason why it cannot be read.</returns>
    public string? Read(string file, out string problem)
    {
        var path = Path.Combine(root, file);
        var text = Content(path, isStart, out problem);
        _contents[path] = text ?? problem;
        return text;
    }

    /// <summary>Returns whether a file has changed, disappeared or appeared.</summary>
    public bool HaveChanged() =>
        _contents.Any(file => (Content(file.Key, mayWait: false, out var problem) ?? problem) != file.Value);

    private string? Content(string path, bool mayWait, out string problem)
    {
        problem = "";
        if (_pipes.TryGetValue(path, out var kept))
        {
            return kept;
        }

        if (!mayWait && WaitingFile.IsAt(path))
        {
            problem = "is a pipe or a device; replace it with a file, or restart to read it";
            return null;
        }

        try
        {
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            var bytes = new byte[MostBytes + 1];
            var count = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
            if (count <= MostBytes)
            {
                var text = SecretFile.Read(new MemoryStream(bytes, 0, count), out problem);
                if (text is not null && !stream.CanSeek)
                {
                    _pipes[path] = text;
                }

                return text;
            }

            problem = $"is larger than {MostBytes} bytes";
        }
        catch (Exception exception) when (
            exception is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            problem = $"cannot be read ({exception.GetType().Name})";
        }

        return null;
    }
}
