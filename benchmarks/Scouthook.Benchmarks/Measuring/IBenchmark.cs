namespace Scouthook.Benchmarks.Measuring;

/// <summary>Measures rows that share a setup.</summary>
internal interface IBenchmark
{
    /// <summary>The argument that selects it, also that of others.</summary>
    string Group { get; }

    string Title { get; }

    /// <summary>The conditions of the measurement, for readers of the results.</summary>
    string Notes { get; }

    /// <summary>Every row that <see cref="MeasureAsync"/> must record.</summary>
    IReadOnlyList<Row> Rows { get; }

    /// <summary>Every curve that <see cref="MeasureAsync"/> must record.</summary>
    IReadOnlyList<Curve> Curves => [];

    Task MeasureAsync(Run run);
}
