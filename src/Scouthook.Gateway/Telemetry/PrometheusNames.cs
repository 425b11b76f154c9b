namespace Scouthook.Gateway.Telemetry;

/// <summary>Names metrics and labels as OpenTelemetry prescribes for Prometheus.</summary>
/// <remarks>
/// The rules of https://opentelemetry.io/docs/specs/otel/compatibility/prometheus_and_openmetrics/: underscores for all other
/// characters, the unit in full and in the plural, <c>_total</c> behind counters. A backend that receives the same instruments
/// by OTLP derives the same names.
/// </remarks>
internal static class PrometheusNames
{
    private const string Total = "_total";

    /// <summary>Returns the name of the metric of an instrument.</summary>
    /// <param name="instrument">The name of the instrument.</param>
    /// <param name="unit">Its unit, in the notation of UCUM.</param>
    /// <param name="isCounter">True if its value only rises.</param>
    public static string Metric(string instrument, string? unit, bool isCounter)
    {
        var name = Label(instrument);
        var suffix = UnitSuffix(unit);
        if (!name.EndsWith(suffix, StringComparison.Ordinal))
        {
            name += suffix;
        }

        return isCounter && !name.EndsWith(Total, StringComparison.Ordinal) ? name + Total : name;
    }

    /// <summary>Returns the name of the label of a tag.</summary>
    public static string Label(string tag) =>
        string.Create(tag.Length, tag, static (text, tag) =>
        {
            for (var index = 0; index < tag.Length; index++)
            {
                text[index] = char.IsAsciiLetterOrDigit(tag[index]) ? tag[index] : '_';
            }
        });

    private static string UnitSuffix(string? unit) => unit switch
    {
        "s" => "_seconds",
        "ms" => "_milliseconds",
        "By" => "_bytes",
        "%" => "_percent",

        // "1" and annotations such as {request} are no units.
        null or "" or "1" => "",
        _ => unit[0] == '{' ? "" : "_" + Label(unit),
    };
}
