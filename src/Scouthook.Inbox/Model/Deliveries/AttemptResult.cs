namespace Scouthook.Inbox.Model;

/// <summary>The stored result of one attempt, bounded in size whatever the endpoint answers.</summary>
internal sealed record AttemptResult
{
    /// <summary>The maximum number of bytes stored of a response body.</summary>
    public const int MaxBodyBytes = 4 * 1024;

    /// <summary>The maximum number of bytes stored of response headers, all names and values together.</summary>
    public const int MaxHeaderBytes = 8 * 1024;

    /// <summary>How the attempt ended.</summary>
    public required AttemptOutcome Outcome { get; init; }

    /// <summary>The status code of the response; <see langword="null"/> if there was none.</summary>
    public int? StatusCode { get; init; }

    /// <summary>The error and its remedy, as a sentence without payload or secret.</summary>
    public string? Error { get; init; }

    /// <summary>The headers of the response, without those that do not fit and without cookies.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> ResponseHeaders { get; init; } = [];

    /// <summary>The first bytes of the response body; <see langword="null"/> if there was no response.</summary>
    public byte[]? ResponseBody { get; init; }

    /// <summary>How long the attempt took.</summary>
    public TimeSpan Duration { get; init; }

    /// <summary>How long the endpoint asks to wait, counted from its response.</summary>
    public TimeSpan? RetryAfter { get; init; }
}
