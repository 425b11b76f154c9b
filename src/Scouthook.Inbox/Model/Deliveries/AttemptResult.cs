

namespace Scouthook.Inbox.Model;

/// <summary>What is kept of one attempt. Its size is bounded whatever the endpoint answers.</summary>
internal sealed record AttemptResult
{
    /// <summary>The most bytes kept of an answer's body.</summary>
    public const int MaxBodyBytes = 4 * 1024;

    /// <summary>The most bytes kept of an answer's headers, all names and values together.</summary>
    public const int MaxHeaderBytes = 8 * 1024;

    /// <summary>How the attempt ended.</summary>
    public required AttemptOutcome Outcome { get; init; }

    /// <summary>The status that the endpoint answered with; <see langword="null"/> if there was no answer.</summary>
    public int? StatusCode { get; init; }

    /// <summary>What went wrong and what to do about it, as a sentence without payload or secret.</summary>
    public string? Error { get; init; }

    /// <summary>The headers of the answer, without those that do not fit and without cookies.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> ResponseHeaders { get; init; } = [];

    /// <summary>The first bytes of the answer's body; <see langword="null"/> if there was no answer.</summary>
    public byte[]? ResponseBody { get; init; }

    /// <summary>How long the attempt took.</summary>
    public TimeSpan Duration { get; init; }

    /// <summary>How long the next attempt should wait, counted from the end of this one.</summary>
    /// <remarks>From an HTTP endpoint the shortest wait; from a handler (<see cref="AttemptOutcome.RetryLater"/>) the exact one.</remarks>
    public TimeSpan? RetryAfter { get; init; }
}
