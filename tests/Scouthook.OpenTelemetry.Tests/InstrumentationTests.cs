using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;
using Scouthook.Events;
using Scouthook.Signing;
using Scouthook.Testing;

namespace Scouthook.OpenTelemetry.Tests;

/// <summary>An app that stores events, with OpenTelemetry as its users set it up.</summary>
/// <remarks>One class, so that its apps run one after another: they share the activity source of the process.</remarks>
public sealed class InstrumentationTests : IAsyncDisposable
{
    private const string Secret = "a-secret-for-tests";

    private readonly RecordedSpans _spans = new();
    private readonly RecordedMetrics _metrics = new();
    private WebApplication? _app;

    public async ValueTask DisposeAsync()
    {
        if (_app is not null)
        {
            await _app.DisposeAsync();
        }
    }

    [Fact]
    public async Task Event_is_traced_from_its_request_to_its_handler_although_the_server_is_not()
    {
        await StartAsync();

        await PostAsync();

        var receive = _spans.Single("scouthook.receive");
        Assert.Equal((ActivityKind.Server, default(ActivitySpanId)), (receive.Kind, receive.ParentSpanId));
        foreach (var name in new[] { "scouthook.commit", "scouthook.dispatch", "scouthook.attempt" })
        {
            var span = _spans.Single(name);
            Assert.Equal((receive.TraceId, receive.SpanId, ActivityKind.Internal), (span.TraceId, span.ParentSpanId, span.Kind));
        }

        Assert.Equal(_spans.Single("scouthook.attempt").SpanId, _spans.Single("scouthook.handle").ParentSpanId);
        Assert.Equal("tag.created", _spans.Single("scouthook.handle").GetTagItem("scouthook.event.type"));
    }

    [Fact]
    public async Task Span_of_the_server_is_the_parent_where_it_is_traced()
    {
        await StartAsync(tracing => tracing.AddSource("Microsoft.AspNetCore"));

        await PostAsync();

        var server = _spans.Single("Microsoft.AspNetCore.Hosting.HttpRequestIn");
        var receive = _spans.Single("scouthook.receive");
        Assert.Equal((server.TraceId, server.SpanId, ActivityKind.Internal), (receive.TraceId, receive.ParentSpanId, receive.Kind));
        Assert.Equal(receive.SpanId, _spans.Single("scouthook.attempt").ParentSpanId);
    }

    [Fact]
    public async Task Request_that_is_not_sampled_is_not_traced_further()
    {
        await StartAsync(tracing => tracing.SetSampler(new ParentBasedSampler(new AlwaysOffSampler())));

        await PostAsync();

        Assert.Empty(_spans.All);
    }

    [Fact]
    public async Task Metrics_are_collected_with_buckets_that_fit_them()
    {
        await StartAsync();

        await PostAsync();
        _app!.Services.GetRequiredService<MeterProvider>().ForceFlush();

        Assert.Superset(
            new HashSet<string> { "scouthook.receive.requests", "scouthook.inbox.events", "scouthook.delivery.attempt.duration" },
            _metrics.Names.Keys.ToHashSet());
        Assert.Equal(0.0005, _metrics.Names["scouthook.receive.duration"]);
        Assert.Equal(256, _metrics.Names["scouthook.receive.body.size"]);
        Assert.Equal(1, _metrics.Names["scouthook.inbox.commit.size"]);
    }

    private async Task StartAsync(Action<TracerProviderBuilder>? arrange = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.Configuration.AddInMemoryCollection([new("Scouthook:Sources:default:Secrets:0", Secret)]);
        builder.Services.AddScouthook().AddHandler<TagCreated>("tags", (_, _, _) => Task.CompletedTask).AddInbox();
        builder.Services.AddTestInbox();
        builder.Services.AddOpenTelemetry()
            .WithTracing(tracing =>
            {
                tracing.AddScouthookInstrumentation().AddProcessor(_spans);
                arrange?.Invoke(tracing);
            })
            .WithMetrics(metrics => metrics.AddScouthookInstrumentation().AddReader(new BaseExportingMetricReader(_metrics)));
        _app = builder.Build();
        _app.MapScouthook();
        await _app.StartAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>Posts an event, and waits until everything about it is recorded.</summary>
    private async Task PostAsync()
    {
        var sample = SampleEvents.Get("tag.created");
        using var client = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, _app!.Urls.Single() + "/webhook")
        {
            Content = new ReadOnlyMemoryContent(sample.Body),
            Headers =
            {
                { "X-HelpScout-Event", "tag.created" }, { "X-HelpScout-Signature", HelpScoutSignature.Sign(sample.Body.Span, Secret) },
            },
        };

        // Its own span, if it has one, is not part of the test.
        Activity.Current = null;
        using var answer = await client.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.True(answer.IsSuccessStatusCode);
        await _app.Services.WaitUntilHandledAsync(cancellationToken: TestContext.Current.CancellationToken);
        await _app.StopAsync(TestContext.Current.CancellationToken);
    }

    private sealed class RecordedSpans : BaseProcessor<Activity>
    {
        private readonly ConcurrentQueue<Activity> _all = new();

        public IReadOnlyCollection<Activity> All => [.. _all.Where(activity => activity.Recorded)];

        public Activity Single(string name) => Xunit.Assert.Single(All, activity => activity.OperationName == name);

        public override void OnEnd(Activity data) => _all.Enqueue(data);
    }

    /// <summary>The names of metrics, with the first limit of histograms.</summary>
    private sealed class RecordedMetrics : BaseExporter<Metric>
    {
        public ConcurrentDictionary<string, double> Names { get; } = new();

        public override ExportResult Export(in Batch<Metric> batch)
        {
            foreach (var metric in batch)
            {
                Names[metric.Name] = 0;
                if (metric.MetricType is MetricType.Histogram)
                {
                    foreach (ref readonly var point in metric.GetMetricPoints())
                    {
                        foreach (var bucket in point.GetHistogramBuckets())
                        {
                            Names[metric.Name] = bucket.ExplicitBound;
                            break;
                        }
                    }
                }
            }

            return ExportResult.Success;
        }
    }
}
