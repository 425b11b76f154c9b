using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;

namespace Scouthook.AspNetCore.Tests.Configuring;

/// <summary>All settings form one snapshot, which is replaced as a whole or not at all.</summary>
public sealed class SnapshotTests : IDisposable
{
    private const string Limit = "Scouthook:Receiver:MaxBodyBytes";
    private const string Path = "Scouthook:Sources:default:Path";

    private readonly Folder _folder = new();
    private readonly ChangingSource _source = new((Some.SecretKey, Some.Secret), (Limit, "5000"));

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("Scouthook:Reciever:MaxBodyBytes", "5", "valid settings here are Sources, Receiver.")]
    [InlineData("Scouthook:Receiver:MaxBodyByte", "5", "valid settings here are MaxBodyBytes,")]
    [InlineData("Scouthook:Receiver", "5", "its settings are MaxBodyBytes,")]
    [InlineData("Scouthook:Receiver:MaxBodyBytes:0", "5", "must be a single value")]
    [InlineData("Scouthook:Sources:default:Path:0", "/in", "must be a single value")]
    [InlineData("Scouthook:HelpScout:ClientId", "x", "Each source has its own: Scouthook:Sources:<name>:HelpScout.")]
    [InlineData("Scouthook:Sources:default:HelpScout:ClientId", "x", "It is used by the gateway.")]
    [InlineData("Scouthook:Inbox:Retention", "30d", "It is used by AddInbox()")]
    [InlineData("Scouthook:Gateway:AdminKey", "x", "It is a section of the gateway.")]
    [InlineData("Scouthook:Receiver:BodyTimeout", "24:00:00", "Write 24h")]
    [InlineData("Scouthook:Receiver:CommitTimeout", "0s", "must be greater than 0.")]
    public async Task Setting_without_effect_prevents_startup_of_an_app_without_an_inbox(string key, string value, string what)
    {
        var exception = await Assert.ThrowsAsync<OptionsValidationException>(
            () => TestApp.StartAsync(setup => setup.With(key, value)));

        Assert.Contains(what, Assert.Single(exception.Failures), StringComparison.Ordinal);
    }

    [Fact]
    public async Task IOptions_return_the_current_settings()
    {
        await using var app = await StartAsync(setup => setup.Services.Configure<ScouthookOptions>(
            options => options.Sources["default"].Path = "/in"));
        var monitor = app.Services.GetRequiredService<IOptionsMonitor<ScouthookOptions>>();
        var options = app.Services.GetRequiredService<IOptions<ScouthookOptions>>();
        var heard = new List<int>();
        using var listening = monitor.OnChange((changed, _) => heard.Add(changed.Receiver.MaxBodyBytes));
        using var before = app.Services.CreateScope();
        Assert.Equal(5_000, before.ServiceProvider.GetRequiredService<IOptionsSnapshot<ScouthookOptions>>().Value.Receiver.MaxBodyBytes);

        _source.Change((Some.SecretKey, Some.Secret), (Limit, "6000"));
        _source.Change((Some.SecretKey, Some.Secret), (Limit, "many"));

        Assert.Equal("/in", monitor.CurrentValue.Sources["default"].Path);
        Assert.Equal(6_000, monitor.CurrentValue.Receiver.MaxBodyBytes);
        Assert.Equal(6_000, options.Value.Receiver.MaxBodyBytes);
        Assert.Equal([6_000], heard);
        Assert.Equal(5_000, before.ServiceProvider.GetRequiredService<IOptionsSnapshot<ScouthookOptions>>().Value.Receiver.MaxBodyBytes);
        using var after = app.Services.CreateScope();
        Assert.Equal(6_000, after.ServiceProvider.GetRequiredService<IOptionsSnapshot<ScouthookOptions>>().Value.Receiver.MaxBodyBytes);
    }

    [Fact]
    public async Task Validation_by_the_app_prevents_startup_together_with_all_other_errors()
    {
        var exception = await Assert.ThrowsAsync<OptionsValidationException>(() => TestApp.StartAsync(setup => setup
            .With("Scouthook:Receiver:BodyTimeout", "soon")
            .WithBuilder(builder => AtMost(builder.Services, 1_000))));

        Assert.Equal(2, exception.Failures.Count());
        Assert.Contains("The company allows 1000 bytes.", exception.Failures);
    }

    [Fact]
    public async Task Validation_by_the_app_rejects_a_reload_as_a_whole()
    {
        await using var app = await StartAsync(builder => AtMost(builder.Services, 5_000));

        _source.Change((Some.SecretKey, Some.OtherSecret), (Limit, "6000"));

        Assert.Equal(1, app.Logs.Count(1203));
        Assert.Equal(200, await app.StatusAsync(Some.Request()));
        Assert.Equal(401, await app.StatusAsync(Some.Request(secret: Some.OtherSecret)));
        Assert.Equal(HealthStatus.Degraded, (await app.HealthAsync()).Status);
        Assert.Contains("The company allows", (await app.HealthAsync()).Description, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Repeated_error_is_logged_once_and_a_new_one_again()
    {
        await using var app = await StartAsync(_ => { });

        _source.Change((Some.SecretKey, Some.Secret), (Limit, "many"));
        _source.Change((Some.SecretKey, Some.Secret), (Limit, "many"));
        _source.Change((Some.SecretKey, Some.Secret), (Limit, "many"), (Path, "bad"));

        Assert.Equal(2, app.Logs.Count(1203));
    }

    [Fact]
    public async Task Reload_is_all_or_nothing_under_concurrent_requests()
    {
        await using var app = await StartAsync(_ => { });
        using var stop = new CancellationTokenSource();
        var answers = 0;
        var senders = Enumerable.Range(0, 20).Select(async _ =>
        {
            using var client = await app.ConnectAsync();
            var refused = 0;
            for (var request = 0; request < 50 || !stop.IsCancellationRequested; request++)
            {
                refused += (await client.ExchangeAsync(Some.Request()))?.Status == 200 ? 0 : 1;
                Interlocked.Increment(ref answers);
            }

            return refused;
        }).ToList();

        for (var reload = 0; reload < 100; reload++)
        {
            // Every second configuration ends with an error, and would reject all requests if any part of it took effect.
            if (reload % 2 == 0)
            {
                _source.Change((Some.SecretKey, $"secret {reload}"), ("Scouthook:Sources:default:Secrets:1", Some.Secret));
            }
            else
            {
                _source.Change((Some.SecretKey, "nobody's"), (Path, "/elsewhere"), ("Scouthook:Receiver:BodyTimeout", "soon"));
            }
        }

        await stop.CancelAsync();
        Assert.All(await Task.WhenAll(senders), refused => Assert.Equal(0, refused));
        Assert.True(answers >= 1_000);
        Assert.Equal(50, app.Logs.Count(1202));
        Assert.DoesNotContain(app.Logs.Errors, entry => entry.Id != 1203);
    }

    [Fact]
    public async Task Missing_configuration_file_changes_nothing_until_it_is_back()
    {
        var json = """{"Scouthook":{"Sources":{"default":{"Secrets":["SECRET"]}},"Receiver":{"MaxBodyBytes":5000}}}"""
            .Replace("SECRET", Some.Secret, StringComparison.Ordinal);
        var file = _folder.Replace("scouthook.json", json);
        await using var app = await TestApp.StartAsync(setup => setup
            .With(Some.SecretKey, Some.OtherSecret)
            .WithBuilder(builder => builder.Configuration.AddJsonFile(file, optional: true, reloadOnChange: true)));

        File.Delete(file);

        await Eventually.TrueAsync(() => app.Logs.Has(1204), "the missing file was logged");
        Assert.Equal(200, await app.StatusAsync(Some.Request()));
        Assert.Equal(401, await app.StatusAsync(Some.Request(secret: Some.OtherSecret)));
        Assert.Equal(413, await app.StatusAsync(Some.Request(new byte[5_001])));
        Assert.Equal(HealthStatus.Degraded, (await app.HealthAsync()).Status);

        _folder.Replace("scouthook.json", json.Replace("5000", "6000", StringComparison.Ordinal));

        await Eventually.AnswersTrueAsync(
            async () => await app.StatusAsync(Some.Request(new byte[5_001])) == 200, "the file applies again");
        Assert.Equal(HealthStatus.Healthy, (await app.HealthAsync()).Status);
    }

    [Fact]
    public async Task Listener_that_throws_does_not_keep_others_from_being_notified()
    {
        await using var app = await StartAsync(_ => { });
        var monitor = app.Services.GetRequiredService<IOptionsMonitor<ScouthookOptions>>();
        var heard = 0;
        using var first = monitor.OnChange((_, _) => throw new InvalidOperationException("listener"));
        using var second = monitor.OnChange((_, _) => heard++);

        _source.Change((Some.SecretKey, Some.OtherSecret));

        Assert.Equal(1, heard);
        Assert.True(app.Logs.Has(1206));
        Assert.Equal(200, await app.StatusAsync(Some.Request(secret: Some.OtherSecret)));
    }

    private static void AtMost(IServiceCollection services, int bytes) => services.AddOptions<ScouthookOptions>()
        .Validate(options => options.Receiver.MaxBodyBytes <= bytes, $"The company allows {bytes} bytes.");

    private Task<TestApp> StartAsync(Action<Microsoft.AspNetCore.Builder.WebApplicationBuilder> arrange) =>
        TestApp.StartAsync(setup => setup.WithoutSecret().WithBuilder(builder =>
        {
            builder.Configuration.Sources.Add(_source);
            arrange(builder);
        }));
}
