using System.Globalization;

namespace Scouthook.TestSupport.Gateways;

/// <summary>A request received by a sink.</summary>
internal sealed class Arrival
{
    public required string Hash { get; init; }

    public required byte[] Body { get; init; }

    /// <summary>Empty if the path does not keep them.</summary>
    public required IReadOnlyDictionary<string, string> Headers { get; init; }

    public required long Sequence { get; init; }

    public required int Attempt { get; init; }

    public required string EventId { get; init; }

    public required bool IsReplay { get; init; }

    /// <summary>True if both signatures are those of the path's secret.</summary>
    public required bool IsSigned { get; init; }

    /// <summary>Its position in the activity of the path: arrivals and responses share one numbering.</summary>
    public required long Place { get; init; }

    /// <summary>When it arrived, as a timestamp of the system's clock.</summary>
    public required long At { get; init; }

    /// <summary>The status of the response; 0 while there is none.</summary>
    public int Status { get; set; }

    /// <summary>The position of the response, taken before its first byte was sent.</summary>
    public long AnswerPlace { get; set; }

    public bool IsTaken => Status is >= 200 and < 300;

    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"sequence {Sequence}, attempt {Attempt}, answered {Status}");
}
