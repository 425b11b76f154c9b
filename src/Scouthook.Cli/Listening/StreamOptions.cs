using System.CommandLine;
using Scouthook.Cli.CommandLine;
using Scouthook.Settings;

namespace Scouthook.Cli.Listening;

/// <summary>The options <c>--after</c> and <c>--silence</c> of every command that follows the stream.</summary>
internal sealed class StreamOptions
{
    private static readonly TimeSpan DefaultSilence = TimeSpan.FromSeconds(40);
    private static readonly TimeSpan MinSilence = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan MaxSilence = TimeSpan.FromHours(1);

    private readonly Option<long?> _after = new("--after")
    {
        HelpName = "id",
        Description = "Start after this stream id; 0 replays everything that is stored. Default: start now.",
    };

    private readonly Option<string?> _silence = new("--silence")
    {
        Description = "Reconnect after this long without data (the gateway is asked to ping three times within it). Default: 40s.",
        HelpName = "duration",
    };

    public void AddTo(Command command)
    {
        command.Options.Add(_after);
        command.Options.Add(_silence);
    }

    /// <exception cref="UsageException">A value is out of range.</exception>
    public (long? After, TimeSpan Silence) Read(ParseResult parseResult)
    {
        var after = parseResult.GetValue(_after);
        if (after < 0)
        {
            throw new UsageException("--after must be a stream id, or 0 for everything that is stored.");
        }

        if (parseResult.GetValue(_silence) is not { } text)
        {
            return (after, DefaultSilence);
        }

        if (!DurationText.TryRead(text, out var silence, out var problem))
        {
            throw new UsageException($"--silence {problem}");
        }

        return silence >= MinSilence && silence <= MaxSilence
            ? (after, silence)
            : throw new UsageException("--silence must be between 3s and 1h.");
    }
}
