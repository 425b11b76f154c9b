using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Reflection;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using Scouthook.AspNetCore.Receiving;
using Scouthook.Events;
using Scouthook.Handling;
using Scouthook.Signing;

namespace Scouthook.AspNetCore.Tests.Receiving;

/// <summary>Metrics, traces, log event ids and health checks are part of the contract with operators.</summary>
public sealed class TelemetryTests
{
    [Fact]
    public async Task Every_outcome_is_counted_separately()
    {
        ReceiveOutcome? outcome = ReceiveOutcome.Kept;
        await using var app = await TestApp.StartAsync(setup =>
        {
            setup.With("Scouthook:Receiver:MaxBodyBytes", "1000");
            setup.Scouthook = scouthook => scouthook.Services.AddSingleton<IWebhookReceiver>(new FakeReceiver((_, _) =>
                ValueTask.FromResult(outcome ?? throw new InvalidOperationException())));
        });
        using var meter = new Measurements(app);
        var get = Some.Request();
        get.Method = "GET";

        await app.SendAsync(Some.Request());
        await app.SendAsync(Some.Request(eventName: "nobody.knows." + new string('x', 100)));
        await app.SendAsync(Some.Request(eventName: null));
        await app.SendAsync(new RawRequest { Body = Some.Body });
        await app.SendAsync(Some.Request().Signed("abc"));
        await app.SendAsync(Some.Request().With("X-HelpScout-Signature", "abc"));
        await app.SendAsync(Some.Request(secret: "wrong"));
        await app.SendAsync(Some.Request(new byte[1_001]));
        await app.SendAsync(get);
        outcome = ReceiveOutcome.Unavailable(TimeSpan.FromSeconds(1));
        await app.SendAsync(Some.Request());
        outcome = ReceiveOutcome.HandlerFailed;
        await app.SendAsync(Some.Request());
        outcome = null;
        await app.SendAsync(Some.Request());

        string[] expected =
        [
            "default tag.created kept", "default other kept", "default other kept", "default other signature_missing",
            "default other signature_malformed", "default other signature_ambiguous",
            "default other signature_mismatch", "default other body_too_large", "default other method_not_allowed",
            "default tag.created unavailable", "default tag.created handler_failed", "default tag.created error",
        ];
        await Eventually.TrueAsync(
            () => meter.Of("scouthook.receive.duration").Count == expected.Length, "everything was measured");
        Assert.Equal(expected, meter.Of("scouthook.receive.requests").Select(measurement => measurement.Tags));
        Assert.Equal(expected, meter.Of("scouthook.receive.duration").Select(measurement => measurement.Tags));
        Assert.All(meter.Of("scouthook.receive.requests"), pair => Assert.Equal(1, pair.Value));
        Assert.Equal(6, meter.Of("scouthook.receive.body.size").Count);
        Assert.All(meter.Of("scouthook.receive.body.size"), measurement => Assert.Equal(("default", Some.Body.Length), (measurement.Tags, measurement.Value)));
    }

    [Fact]
    public async Task Only_requests_that_fail_verification_are_reported_to_observers()
    {
        var observer = new RecordingObserver();
        await using var app = await TestApp.StartAsync(setup =>
        {
            setup.With("Scouthook:Receiver:MaxBodyBytes", "1000");
            setup.Scouthook = scouthook => scouthook.Services.AddSingleton<IRejectionObserver>(observer);
        });

        await app.SendAsync(Some.Request());
        await app.SendAsync(new RawRequest { Body = Some.Body });
        await app.SendAsync(Some.Request().Signed("abc"));
        await app.SendAsync(Some.Request().With("X-HelpScout-Signature", "abc"));
        await app.SendAsync(Some.Request(secret: "wrong"));
        await app.SendAsync(Some.Request(new byte[1_001]));

        Assert.Equal(
            [
                ("default", SignatureVerification.Missing), ("default", SignatureVerification.Malformed),
                ("default", SignatureVerification.Ambiguous), ("default", SignatureVerification.Mismatch),
            ],
            observer.Rejections);
    }

    [Fact]
    public async Task Handlers_are_measured_by_name_type_and_outcome()
    {
        await using var app = await TestApp.StartAsync(setup =>
        {
            setup.Record = false;
            setup.Scouthook = scouthook => scouthook
                .AddHandler<TagCreated>("good", (_, _, _) => Task.CompletedTask)
                .AddHandler<TagCreated>("bad", (_, _, _) => throw new InvalidOperationException());
        });
        using var meter = new Measurements(app);

        await app.SendAsync(Some.Request());

        Assert.Equal(
            ["good tag.created handled", "bad tag.created failed"],
            meter.Of("scouthook.handler.duration").Select(measurement => measurement.Tags));
    }

    [Fact]
    public async Task Instruments_have_the_documented_names_and_units()
    {
        await using var app = await TestApp.StartAsync();
        using var meter = new Measurements(app);

        await app.SendAsync(Some.Request());

        Assert.Equal(
            [
                "scouthook.handler.duration s", "scouthook.handler.unreadable {event}", "scouthook.receive.body.size By",
                "scouthook.receive.duration s", "scouthook.receive.requests {request}", "scouthook.receive.unread_members {member}",
            ],
            meter.Instruments.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Trace_has_source_type_and_outcome_and_contains_the_handlers()
    {
        var ended = new ConcurrentQueue<Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == ScouthookTelemetry.ActivitySourceName,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = activity =>
            {
                if (Equals(activity.GetTagItem("scouthook.source"), "traced")
                    || Equals(activity.GetTagItem("scouthook.handler"), "traced-handler"))
                {
                    ended.Enqueue(activity);
                }
            },
        };
        ActivitySource.AddActivityListener(listener);
        await using var app = await TestApp.StartAsync(setup =>
        {
            setup.WithoutSecret().With("Scouthook:Sources:traced:Secrets:0", Some.Secret);
            setup.Scouthook = scouthook => scouthook.AddHandler<TagCreated>("traced-handler", (_, _, _) => Task.CompletedTask);
        });
        var good = Some.Request();
        var wrong = Some.Request(secret: "wrong");
        good.Path = wrong.Path = "/webhook/traced";

        await app.SendAsync(good);
        await Eventually.TrueAsync(() => ended.Count == 2, "the request was traced");
        await app.SendAsync(wrong);
        await Eventually.TrueAsync(() => ended.Count == 3, "the rejection was traced");

        var (handle, receive, refused) = (ended.ElementAt(0), ended.ElementAt(1), ended.ElementAt(2));
        Assert.Equal("scouthook.handle", handle.OperationName);
        Assert.Equal(receive.SpanId, handle.ParentSpanId);
        Assert.Equal("scouthook.receive", receive.OperationName);
        Assert.Equal("tag.created", receive.GetTagItem("scouthook.event.type"));
        Assert.Equal("kept", receive.GetTagItem("scouthook.outcome"));
        Assert.Equal(ActivityStatusCode.Ok, receive.Status);
        Assert.Equal("signature_mismatch", refused.GetTagItem("scouthook.outcome"));
        Assert.Equal(ActivityStatusCode.Error, refused.Status);
    }

    [Fact]
    public void Log_event_ids_are_unique_and_unchanged()
    {
        var messages =
            from assembly in (Assembly[])[typeof(HelpScoutEvent).Assembly, typeof(ScouthookOptions).Assembly]
            from type in assembly.GetTypes()
            from method in type.GetMethods(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic)
            let message = method.GetCustomAttribute<LoggerMessageAttribute>()
            where message is not null
            orderby message.EventId
            select $"{message.EventId} {message.Level} {method.Name}";

        Assert.Equal(
            [
                "1001 Warning Refused",
                "1002 Error NoLiveSecret",
                "1003 Warning BodyTooLarge",
                "1004 Debug Aborted",
                "1005 Error Failed",
                "1006 Warning Unavailable",
                "1007 Error BodyConsumed",
                "1101 Error HandlerFailed",
                "1102 Debug NoHandler",
                "1103 Warning Unreadable",
                "1104 Warning NoHandlers",
                "1105 Debug HandlerCancelled",
                "1106 Information RetryLater",
                "1107 Error GivenUp",
                "1108 Warning UnreadMember",
                "1201 Information SourceReady",
                "1202 Information Reloaded",
                "1203 Error ReloadRefused",
                "1204 Error FileUnreadable",
                "1205 Warning NeedsRestart",
                "1206 Error ListenerFailed",
                "1207 Warning SourceGone",
                "1208 Warning NothingMapped",
                "1209 Information PathBaseSeen",
            ],
            messages);
    }

    [Fact]
    public async Task App_without_handlers_logs_that_and_still_acknowledges()
    {
        await using var app = await TestApp.StartAsync(setup => setup.Record = false);

        Assert.Equal(200, await app.StatusAsync(Some.Request()));
        Assert.True(app.Logs.Has(1104));
        Assert.True(app.Logs.Has(1102));
    }

    [Fact]
    public async Task Startup_logs_source_path_and_fingerprints()
    {
        await using var app = await TestApp.StartAsync(setup =>
            setup.With("Scouthook:Sources:default:Secrets:1:Value", "second")
                .With("Scouthook:Sources:default:Secrets:1:ExpiresAt", "2099-01-01T00:00:00Z"));

        var entry = Assert.Single(app.Logs.Entries, line => line.Id == 1201);
        Assert.Matches(
            "^Source default receives at /webhook and trusts secret [0-9a-f]{8}, "
            + "secret [0-9a-f]{8} until 2099-01-01T00:00:00.0000000\\+00:00",
            entry.Text);
    }

    [Fact]
    public async Task Startup_logs_the_full_route_of_every_mapping()
    {
        await using var app = await TestApp.StartAsync(setup =>
        {
            setup.With("Scouthook:Sources:shop:Secrets:0", "shop secret");
            setup.Map = app =>
            {
                app.MapGroup("hooks").MapGroup("/{tenant}").MapScouthook();
                app.MapGroup("/api").MapScouthook();
                app.MapScouthook();
            };
        });

        var entries = app.Logs.Entries.Where(entry => entry.Id == 1201).Select(entry => entry.Text).Order(StringComparer.Ordinal).ToList();
        Assert.Equal(2, entries.Count);
        Assert.StartsWith(
            "Source default receives at /hooks/{tenant}/webhook, /api/webhook, /webhook and trusts ",
            entries[0],
            StringComparison.Ordinal);
        Assert.StartsWith(
            "Source shop receives at /hooks/{tenant}/webhook/shop, /api/webhook/shop, /webhook/shop and trusts ",
            entries[1],
            StringComparison.Ordinal);
        Assert.False(app.Logs.Has(1208));
    }

    [Fact]
    public async Task Startup_warns_if_nothing_is_mapped()
    {
        await using var app = await TestApp.StartAsync(setup => setup.Map = _ => { });

        Assert.StartsWith(
            "AddScouthook was called, but nothing is mapped: no event can be received. Call app.MapScouthook()",
            Assert.Single(app.Logs.Entries, entry => entry.Id == 1208).Text,
            StringComparison.Ordinal);
        Assert.False(app.Logs.Has(1201));
    }

    [Fact]
    public async Task First_genuine_event_through_a_path_base_logs_the_full_path_once()
    {
        await using var app = await TestApp.StartAsync(setup => setup.Pipeline = app => app.UsePathBase("/base"));
        var forged = Some.Request(secret: "another");
        var genuine = Some.Request();
        forged.Path = genuine.Path = "/base/webhook";

        await app.StatusAsync(forged);
        Assert.False(app.Logs.Has(1209));
        await app.StatusAsync(genuine);
        await app.StatusAsync(genuine);
        await Eventually.TrueAsync(() => app.Logs.Has(1209), "the path base is logged");

        Assert.StartsWith(
            "Source default received its first event through a path base, at /base/webhook",
            Assert.Single(app.Logs.Entries, entry => entry.Id == 1209).Text,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("2026-03-09T08:00:01Z", HealthStatus.Healthy)]
    [InlineData("2026-03-09T08:00:00Z", HealthStatus.Degraded)]
    [InlineData("2026-03-02T08:00:01Z", HealthStatus.Degraded)]
    [InlineData("2026-03-02T08:00:00Z", HealthStatus.Unhealthy)]
    public async Task Health_check_warns_seven_days_before_the_last_secret_expires(
        string expiresAt, HealthStatus status)
    {
        await using var app = await TestApp.StartAsync(setup =>
        {
            setup.Time = new FakeTimeProvider(new DateTimeOffset(2026, 3, 2, 8, 0, 0, TimeSpan.Zero));
            setup.With("Scouthook:Sources:shop:Secrets:0:Value", "x")
                .With("Scouthook:Sources:shop:Secrets:0:ExpiresAt", expiresAt);
        });

        var entry = await app.HealthAsync();

        Assert.Equal(status, entry.Status);
        Assert.Equal(status != HealthStatus.Healthy, entry.Description?.Contains("shop", StringComparison.Ordinal) ?? false);
    }

    [Fact]
    public async Task Expiring_secret_is_healthy_if_another_one_does_not_expire()
    {
        await using var app = await TestApp.StartAsync(setup =>
        {
            setup.Time = new FakeTimeProvider(new DateTimeOffset(2026, 3, 2, 8, 0, 0, TimeSpan.Zero));
            setup.With("Scouthook:Sources:default:Secrets:1:Value", "x")
                .With("Scouthook:Sources:default:Secrets:1:ExpiresAt", "2026-03-02T09:00:00Z");
        });

        Assert.Equal(HealthStatus.Healthy, (await app.HealthAsync()).Status);
    }

    /// <summary>The measurements of one app; other tests run in parallel.</summary>
    private sealed class Measurements : IDisposable
    {
        private readonly MeterListener _listener = new();
        private readonly ConcurrentQueue<(string Instrument, string Tags, double Value)> _all = new();

        public Measurements(TestApp app)
        {
            var factory = app.Services.GetRequiredService<IMeterFactory>();
            _listener.InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Meter.Name == ScouthookTelemetry.MeterName && instrument.Meter.Scope == factory)
                {
                    Instruments.Add($"{instrument.Name} {instrument.Unit}");
                    listener.EnableMeasurementEvents(instrument);
                }
            };
            _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Add(instrument, value, tags));
            _listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Add(instrument, value, tags));
            _listener.Start();
        }

        public ConcurrentBag<string> Instruments { get; } = [];

        public IReadOnlyList<(string Instrument, string Tags, double Value)> Of(string instrument) =>
            [.. _all.Where(measurement => measurement.Instrument == instrument)];

        public void Dispose() => _listener.Dispose();

        private void Add(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
        {
            var values = new List<object?>();
            foreach (var tag in tags)
            {
                Assert.StartsWith("scouthook.", tag.Key, StringComparison.Ordinal);
                values.Add(tag.Value);
            }

            _all.Enqueue((instrument.Name, string.Join(' ', values), value));
        }
    }

    private sealed class RecordingObserver : IRejectionObserver
    {
        private readonly ConcurrentQueue<(string Source, SignatureVerification Reason)> _rejections = new();

        public IEnumerable<(string Source, SignatureVerification Reason)> Rejections => _rejections;

        public void Rejected(string source, SignatureVerification reason) => _rejections.Enqueue((source, reason));
    }
}
