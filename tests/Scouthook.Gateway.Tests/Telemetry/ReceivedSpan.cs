namespace Scouthook.Gateway.Tests.Telemetry;

/// <summary>A span as a collector received it.</summary>
/// <param name="Service">The name of the service that sent it.</param>
/// <param name="Trace">The id of its trace, in hexadecimal digits.</param>
/// <param name="Id">Its id.</param>
/// <param name="Parent">The id of its parent; empty if it is the first of its trace.</param>
/// <param name="Name">Its name.</param>
/// <param name="Kind">1 internal, 2 server, 3 client.</param>
/// <param name="Status">0 unset, 1 ok, 2 error.</param>
/// <param name="Attributes">Its attributes, as text.</param>
/// <param name="Links">Trace and span of each link.</param>
internal sealed record ReceivedSpan(
    string Service,
    string Trace,
    string Id,
    string Parent,
    string Name,
    int Kind,
    int Status,
    IReadOnlyDictionary<string, string> Attributes,
    IReadOnlyList<(string Trace, string Id)> Links)
{
    /// <summary>How an endpoint sees it.</summary>
    public string TraceParent => $"00-{Trace}-{Id}-01";

    /// <summary>Reads the spans of a request.</summary>
    public static IEnumerable<ReceivedSpan> Read(ProtobufMessage request) =>
        from resource in request.Messages(1)
        let service = resource.Messages(1).First().Attributes(1)["service.name"]
        from span in resource.Messages(2, 2)
        select new ReceivedSpan(
            service,
            span.Hex(1),
            span.Hex(2),
            span.Hex(4),
            span.Text(5),
            (int)span.Number(6),
            (int)(span.Messages(15).FirstOrDefault()?.Number(3) ?? 0),
            span.Attributes(9),
            [.. span.Messages(13).Select(link => (link.Hex(1), link.Hex(2)))]);
}
