using System.Diagnostics;
using Scouthook.Inbox.Model;
using Scouthook.Inbox.Receiving;

namespace Scouthook.Inbox.Tests.Model;

/// <summary>The trace of an event among its stored headers.</summary>
public sealed class EventTraceTests
{
    private const string Own = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
    private const string Sender = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-00";

    [Fact]
    public void Span_of_the_request_replaces_that_of_the_sender()
    {
        var headers = StoredHeaders.Write([new("Accept", "*/*"), new("Traceparent", Sender), new("tracestate", "a=b")], Own);

        Assert.Equal($"""[["traceparent","{Own}"],["Accept","*/*"],["tracestate","a=b"]]""", headers);
        Assert.Equal(Own, EventTrace.Read(headers));
    }

    [Fact]
    public void Span_of_the_sender_is_kept_and_read_if_nothing_is_traced_here()
    {
        var headers = StoredHeaders.Write([new("Accept", "*/*"), new("TraceParent", Sender)]);

        Assert.Equal($"""[["Accept","*/*"],["TraceParent","{Sender}"]]""", headers);
        Assert.Equal(Sender, EventTrace.Read(headers));
        Assert.True(EventTrace.Parent(Sender).IsRemote);
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("""[["Accept","*/*"]]""")]
    [InlineData("""[["traceparent",""]]""")]
    [InlineData("""[["traceparent","nonsense"]]""")]
    [InlineData("""[["X-Note","traceparent"]]""")]
    public void Headers_without_a_valid_span_have_no_trace(string headers)
    {
        Assert.Null(EventTrace.Read(headers));
        Assert.Equal(default, EventTrace.Parent(EventTrace.Read(headers)));
    }

    [Fact]
    public void Text_of_the_right_length_that_is_no_span_is_not_sent_to_endpoints() =>
        Assert.Null(EventTrace.Read(StoredHeaders.Write([new("traceparent", new string('x', 55))])));

    [Fact]
    public void Activity_that_no_source_has_started_is_not_stored()
    {
        using var untraced = new Activity("of the server, for the ids of log entries").SetIdFormat(ActivityIdFormat.W3C).Start();

        Assert.Null(EventTrace.Current);
    }
}
