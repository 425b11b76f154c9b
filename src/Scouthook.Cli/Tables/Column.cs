using System.Text.Json.Nodes;

namespace Scouthook.Cli.Tables;

/// <summary>A column of a list of items.</summary>
/// <param name="Title">The heading.</param>
/// <param name="Text">The cell in full, as it is written to a file or a pipe.</param>
internal sealed record Column(string Title, Func<JsonObject, string> Text)
{
    /// <summary>The cell on a terminal, if that differs.</summary>
    public Func<JsonObject, string>? Brief { get; init; }

    /// <summary>The cell on a terminal that is too narrow for the others.</summary>
    public Func<JsonObject, string>? Narrow { get; init; }

    /// <summary>The heading above <see cref="Narrow"/>, if that differs.</summary>
    public string? NarrowTitle { get; init; }

    /// <summary>The order in which columns are left out on a narrow terminal, highest first; 0 is never left out.</summary>
    public int Rank { get; init; }

    /// <summary>Down to this width the column can be cut; <see langword="null"/>: it is never cut.</summary>
    public int? MinWidth { get; init; }

    /// <summary>Columns with a rank are left out before this one is cut below this width; default: <see cref="MinWidth"/>.</summary>
    public int? GoodWidth { get; init; }

    /// <summary>Numbers end where the column ends.</summary>
    public bool IsNumber { get; init; }

    /// <summary>The colour of a cell; <see langword="null"/> for that of the terminal.</summary>
    public Func<JsonObject, string?>? Colour { get; init; }
}
