using System.Globalization;

namespace Scouthook.Gateway.Tests.Support;

/// <summary>One request that came to a sink.</summary>
internal sealed class Arrival
{
    public required string Hash { get; init; }

    public required byte[] Body { get; init; }

    /// <summary>Empty at a path that does not keep them.</summary>
    public required IReadOnlyDictionary<string, string> Headers { get; init; }

    public required long Sequence { get; init; }

    public required int Attempt { get; init; }

    public required string EventId { get; init; }

    public required bool IsReplay { get; init; }

    /// <summary>Whether both signatures are those of the path's secret.</summary>
    public required bool IsSigned { get; init; }

    /// <summary>Its place among all that happened at the path: arrivals and answers count in one row.</summary>
    public required long Place { get; init; }

    /// <summary>When it came, as a timestamp of the system's clock.</summary>
    public required long At { get; init; }

    /// <summary>What it was answered with; 0 while it has not been.</summary>
    public int Status { get; set; }

    /// <summary>The place of the answer, taken before its first byte left.</summary>
    public long AnswerPlace { get; set; }

    public bool IsTaken => Status is >= 200 and < 300;

    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"sequence {Sequence}, attempt {Attempt}, answered {Status}");
}
