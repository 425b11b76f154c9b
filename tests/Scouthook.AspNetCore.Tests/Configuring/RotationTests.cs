using System.IO.Pipes;
using System.Text;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Time.Testing;

namespace Scouthook.AspNetCore.Tests.Configuring;

/// <summary>Secrets change while the app runs: through a watched file, through expiry, and by mistake.</summary>
public sealed class RotationTests : IDisposable
{
    private const string Settings = "scouthook.json";

    private readonly Folder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Replaced_secret_applies_without_a_restart_and_the_old_one_no_longer_does()
    {
        await using var app = await StartAsync(Json($"\"{Some.Secret}\""));
        Assert.Equal(200, await app.StatusAsync(Some.Request()));
        Assert.Equal(401, await app.StatusAsync(Some.Request(secret: Some.OtherSecret)));

        _folder.Replace(Settings, Json($"\"{Some.OtherSecret}\""));

        await UntilAcceptedAsync(app, Some.OtherSecret);
        for (var request = 0; request < 20; request++)
        {
            Assert.Equal(200, await app.StatusAsync(Some.Request(secret: Some.OtherSecret)));
            Assert.Equal(401, await app.StatusAsync(Some.Request()));
        }

        Assert.Empty(app.Logs.Errors);
        Assert.Equal(1, app.Logs.Count(1202));
    }

    [Fact]
    public async Task Old_secret_stays_valid_while_it_is_listed_second()
    {
        await using var app = await StartAsync(Json($"\"{Some.Secret}\""));

        _folder.Replace(Settings, Json($"\"{Some.OtherSecret}\", \"{Some.Secret}\""));

        await UntilAcceptedAsync(app, Some.OtherSecret);
        Assert.Equal(200, await app.StatusAsync(Some.Request()));

        _folder.Replace(Settings, Json($"\"{Some.OtherSecret}\""));

        await UntilRefusedAsync(app, Some.Secret);
        Assert.Equal(200, await app.StatusAsync(Some.Request(secret: Some.OtherSecret)));
    }

    [Fact]
    public async Task Rotations_under_load_reject_no_request_signed_with_the_secret_that_stays()
    {
        await using var app = await StartAsync(Json($"\"{Some.Secret}\""));
        using var stop = new CancellationTokenSource();
        var load = Enumerable.Range(0, 4).Select(async _ =>
        {
            using var client = await app.ConnectAsync();
            var others = 0;
            while (!stop.IsCancellationRequested)
            {
                others += (await client.ExchangeAsync(Some.Request()))?.Status == 200 ? 0 : 1;
            }

            return others;
        }).ToList();

        for (var rotation = 0; rotation < 5; rotation++)
        {
            _folder.Replace(Settings, Json($"\"secret number {rotation}\", \"{Some.Secret}\""));
            await UntilAcceptedAsync(app, $"secret number {rotation}");
        }

        await stop.CancelAsync();
        Assert.All(await Task.WhenAll(load), others => Assert.Equal(0, others));
        Assert.Empty(app.Logs.Errors);
    }

    [Fact]
    public async Task Secret_is_rejected_from_the_moment_it_expires()
    {
        var time = new FakeTimeProvider(new DateTimeOffset(2026, 3, 2, 8, 0, 0, TimeSpan.Zero));
        await using var app = await TestApp.StartAsync(setup =>
        {
            setup.Time = time;
            setup.With("Scouthook:Sources:default:Secrets:1:Value", Some.OtherSecret)
                .With("Scouthook:Sources:default:Secrets:1:ExpiresAt", "2026-03-03T10:00:00+02:00");
        });

        time.SetUtcNow(new DateTimeOffset(2026, 3, 3, 7, 59, 59, TimeSpan.Zero));
        Assert.Equal(200, await app.StatusAsync(Some.Request(secret: Some.OtherSecret)));
        time.SetUtcNow(new DateTimeOffset(2026, 3, 3, 8, 0, 0, TimeSpan.Zero));

        Assert.Equal(401, await app.StatusAsync(Some.Request(secret: Some.OtherSecret)));
        Assert.Equal(200, await app.StatusAsync(Some.Request()));
    }

    [Fact]
    public async Task Expiry_of_the_last_secret_rejects_everything_and_logs_why()
    {
        var time = new FakeTimeProvider(new DateTimeOffset(2026, 3, 2, 8, 0, 0, TimeSpan.Zero));
        await using var app = await TestApp.StartAsync(setup =>
        {
            setup.Time = time;
            setup.WithoutSecret()
                .With("Scouthook:Sources:default:Secrets:0:Value", Some.Secret)
                .With("Scouthook:Sources:default:Secrets:0:ExpiresAt", "2026-03-12T08:00:00Z");
        });

        Assert.Equal(HealthStatus.Healthy, (await app.HealthAsync()).Status);
        time.SetUtcNow(new DateTimeOffset(2026, 3, 5, 8, 0, 0, TimeSpan.Zero));
        Assert.Equal(HealthStatus.Degraded, (await app.HealthAsync()).Status);
        Assert.Equal(200, await app.StatusAsync(Some.Request()));
        time.SetUtcNow(new DateTimeOffset(2026, 3, 12, 8, 0, 0, TimeSpan.Zero));

        Assert.Equal(401, await app.StatusAsync(Some.Request()));
        await Eventually.TrueAsync(() => app.Logs.Has(1002), "the reason was logged");
        Assert.Equal(HealthStatus.Unhealthy, (await app.HealthAsync()).Status);
    }

    [Theory]
    [InlineData("""{"Scouthook":{"Sources":{"default":{"Secrets":[""]}}}}""", 1203)]
    [InlineData("""{"Scouthook":{"Sources":{"default":{"Secrets":[]}}}}""", 1203)]
    [InlineData("""{"Scouthook":{"Sources":{"default":{"Secret":"x","Secrets":["x"]}}}}""", 1203)]
    [InlineData("""{"Scouthook":{"Sources":{"default":{"Secrets":["x"]}},"Receiver":{"MaxBodyBytes":0}}}""", 1203)]
    [InlineData("""{"Scouthook":{}}""", 1203)]
    [InlineData("""{"Scouthook":{"Sources":{"default":""", 1204)]
    public async Task Invalid_edit_is_logged_and_the_last_valid_settings_stay(string edit, int logged)
    {
        await using var app = await StartAsync(Json($"\"{Some.Secret}\""));

        _folder.Replace(Settings, edit);

        await Eventually.TrueAsync(() => app.Logs.Has(logged), $"{logged} was logged");
        Assert.Equal(200, await app.StatusAsync(Some.Request()));
        Assert.Equal(HealthStatus.Degraded, (await app.HealthAsync()).Status);
        Assert.All(app.Logs.Errors, entry => Assert.Equal(logged, entry.Id));

        _folder.Replace(Settings, Json($"\"{Some.OtherSecret}\""));

        await UntilAcceptedAsync(app, Some.OtherSecret);
        Assert.Equal(401, await app.StatusAsync(Some.Request()));
        Assert.Equal(HealthStatus.Healthy, (await app.HealthAsync()).Status);
    }

    [Fact]
    public async Task Unreadable_file_is_never_treated_as_empty()
    {
        // Below the broken file, another configuration source still has a secret that was replaced long ago.
        var time = new FakeTimeProvider(new DateTimeOffset(2026, 3, 2, 8, 0, 0, TimeSpan.Zero));
        var file = _folder.Replace("secret", Some.OtherSecret);
        await using var app = await StartAsync(
            Json($"{{\"File\":\"{file}\"}}"),
            setup =>
            {
                setup.Time = time;
                setup.With(Some.SecretKey, "replaced long ago");
            });
        _folder.Replace(Settings, """{"Scouthook":{"Sources":""");
        await Eventually.TrueAsync(
            () =>
            {
                time.Advance(TimeSpan.FromSeconds(2));
                return app.Logs.Has(1204);
            },
            "the broken file was detected");

        _folder.Replace("secret", "changed meanwhile");
        time.Advance(TimeSpan.FromSeconds(10));
        ReloadAll(app);

        Assert.Equal(401, await app.StatusAsync(Some.Request(secret: "replaced long ago")));
        Assert.Equal(200, await app.StatusAsync(Some.Request(secret: Some.OtherSecret)));
        Assert.Equal(HealthStatus.Degraded, (await app.HealthAsync()).Status);

        _folder.Replace(Settings, Json($"{{\"File\":\"{file}\"}}"));

        await UntilAcceptedAsync(app, "changed meanwhile");
        Assert.Equal(HealthStatus.Healthy, (await app.HealthAsync()).Status);
    }

    [Fact]
    public async Task Source_removed_from_the_configuration_is_not_found()
    {
        await using var app = await StartAsync(
            """{"Scouthook":{"Sources":{"one":{"Secrets":["first"]},"two":{"Secrets":["second"]}}}}""");
        var one = Some.Request(secret: "first");
        one.Path = "/webhook/one";
        var two = Some.Request(secret: "second");
        two.Path = "/webhook/two";
        Assert.Equal(200, await app.StatusAsync(two));

        _folder.Replace(Settings, """{"Scouthook":{"Sources":{"one":{"Secrets":["first"]}}}}""");

        await Eventually.TrueAsync(() => app.Logs.Has(1202), "the settings were reloaded");
        Assert.Equal(200, await app.StatusAsync(one));
        Assert.Equal(404, await app.StatusAsync(two));
        Assert.False(app.Logs.Has(1005));
        Assert.True(app.Logs.Has(1207));
    }

    [Fact]
    public async Task Limit_is_reloaded()
    {
        await using var app = await StartAsync(Json($"\"{Some.Secret}\""));
        Assert.Equal(200, await app.StatusAsync(Some.Request()));

        _folder.Replace(
            Settings,
            Json($"\"{Some.Secret}\"").Replace("{\"Sources", "{\"Receiver\":{\"MaxBodyBytes\":10},\"Sources", StringComparison.Ordinal));

        await Eventually.AnswersTrueAsync(async () => await app.StatusAsync(Some.Request()) == 413, "the limit applies");
    }

    [Fact]
    public async Task Replaced_secret_file_applies()
    {
        var time = new FakeTimeProvider(new DateTimeOffset(2026, 3, 2, 8, 0, 0, TimeSpan.Zero));
        _folder.Replace("secret", Some.Secret + "\n");
        await using var app = await StartWithFileAsync(time, _folder["secret"]);
        Assert.Equal(200, await app.StatusAsync(Some.Request()));

        _folder.Replace("secret", Some.OtherSecret + "\r\n");
        time.Advance(TimeSpan.FromSeconds(5));

        Assert.Equal(200, await app.StatusAsync(Some.Request(secret: Some.OtherSecret)));
        Assert.Equal(401, await app.StatusAsync(Some.Request()));
    }

    [Fact]
    public async Task Secret_file_replaced_by_swapping_a_symlink_applies()
    {
        var time = new FakeTimeProvider(new DateTimeOffset(2026, 3, 2, 8, 0, 0, TimeSpan.Zero));
        _folder.Replace("version-1", Some.Secret);
        _folder.Replace("version-2", Some.OtherSecret);
        var old = File.GetLastWriteTimeUtc(_folder["version-1"]);
        File.SetLastWriteTimeUtc(_folder["version-2"], old);
        _folder.Link("secret", "version-1");
        await using var app = await StartWithFileAsync(time, _folder["secret"]);
        Assert.Equal(200, await app.StatusAsync(Some.Request()));

        _folder.Link("secret", "version-2");
        time.Advance(TimeSpan.FromSeconds(5));

        Assert.Equal(200, await app.StatusAsync(Some.Request(secret: Some.OtherSecret)));
        Assert.Equal(401, await app.StatusAsync(Some.Request()));
    }

    [Fact]
    public async Task Missing_or_empty_secret_file_keeps_the_last_secret_until_it_is_back()
    {
        var time = new FakeTimeProvider(new DateTimeOffset(2026, 3, 2, 8, 0, 0, TimeSpan.Zero));
        _folder.Replace("secret", Some.Secret);
        await using var app = await StartWithFileAsync(time, _folder["secret"]);

        File.Delete(_folder["secret"]);
        time.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal(200, await app.StatusAsync(Some.Request()));
        Assert.Equal(1, app.Logs.Count(1203));
        Assert.Equal(HealthStatus.Degraded, (await app.HealthAsync()).Status);

        _folder.Replace("secret", "");
        time.Advance(TimeSpan.FromSeconds(60));
        Assert.Equal(200, await app.StatusAsync(Some.Request()));
        Assert.Equal(2, app.Logs.Count(1203));

        _folder.Replace("secret", Some.Secret);
        time.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal(200, await app.StatusAsync(Some.Request()));
        Assert.Equal(HealthStatus.Healthy, (await app.HealthAsync()).Status);
    }

    [Fact]
    public async Task Secret_from_a_pipe_is_read_once_and_does_not_block_other_changes()
    {
        var time = new FakeTimeProvider(new DateTimeOffset(2026, 3, 2, 8, 0, 0, TimeSpan.Zero));
        using var pipe = new AnonymousPipeServerStream(PipeDirection.In);
        await using (var writer = new AnonymousPipeClientStream(PipeDirection.Out, pipe.ClientSafePipeHandle))
        {
            writer.Write(Encoding.UTF8.GetBytes(Some.Secret + "\n"));
        }

        var file = $"/dev/fd/{pipe.SafePipeHandle.DangerousGetHandle()}";
        _folder.Replace("second", Some.Secret);
        await using var app = await TestApp.StartAsync(setup =>
        {
            setup.Time = time;
            setup.WithoutSecret()
                .With("Scouthook:Sources:default:Secrets:0:File", file)
                .With("Scouthook:Sources:default:Secrets:1:File", _folder["second"]);
        });

        _folder.Replace("second", Some.OtherSecret);
        time.Advance(TimeSpan.FromSeconds(5));

        Assert.Equal(200, await app.StatusAsync(Some.Request()));
        Assert.Equal(200, await app.StatusAsync(Some.Request(secret: Some.OtherSecret)));
        Assert.Equal(HealthStatus.Healthy, (await app.HealthAsync()).Status);
    }

    [Fact]
    public async Task Code_that_throws_during_a_reload_keeps_the_last_valid_settings()
    {
        var runs = 0;
        await using var app = await StartAsync(
            Json($"\"{Some.Secret}\""),
            setup => setup.Builder = builder => builder.Services.AddScouthook(
                _ =>
                {
                    if (++runs > 1)
                    {
                        throw new InvalidOperationException("code-canary");
                    }
                }));

        _folder.Replace(Settings, Json($"\"{Some.OtherSecret}\""));

        await Eventually.TrueAsync(() => app.Logs.Has(1203), "the failure was logged");
        Assert.Equal(200, await app.StatusAsync(Some.Request()));
    }

    private static string Json(string secrets) =>
        """{"Scouthook":{"Sources":{"default":{"Secrets":[""" + secrets + "]}}}}";

    private Task<TestApp> StartAsync(string settings, Action<AppSetup>? arrange = null) => TestApp.StartAsync(setup =>
    {
        setup.WithoutSecret();
        _folder.Replace(Settings, settings);
        arrange?.Invoke(setup);
        var more = setup.Builder;
        setup.Builder = builder =>
        {
            builder.Configuration.AddJsonFile(_folder[Settings], optional: false, reloadOnChange: true);
            more(builder);
        };
    });

    private static Task<TestApp> StartWithFileAsync(TimeProvider time, string file) => TestApp.StartAsync(setup =>
    {
        setup.Time = time;
        setup.WithoutSecret().With("Scouthook:Sources:default:Secrets:0:File", file);
    });

    private static void ReloadAll(TestApp app)
    {
        // As any other configuration provider does after a change.
        var root = (IConfigurationRoot)app.Services.GetRequiredService<IConfiguration>();
        Assert.ThrowsAny<Exception>(root.Reload);
    }

    private static Task UntilAcceptedAsync(TestApp app, string secret) => Eventually.AnswersTrueAsync(
        async () => await app.StatusAsync(Some.Request(secret: secret)) == 200, "the new secret applies");

    private static Task UntilRefusedAsync(TestApp app, string secret) => Eventually.AnswersTrueAsync(
        async () => await app.StatusAsync(Some.Request(secret: secret)) == 401, "the old secret is rejected");
}
