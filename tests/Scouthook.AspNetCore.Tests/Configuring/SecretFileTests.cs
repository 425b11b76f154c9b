using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace Scouthook.AspNetCore.Tests.Configuring;

/// <summary>Secret files with content that cannot be a secret, and logs that fail while files change.</summary>
public sealed class SecretFileTests : IDisposable
{
    private const string Key = "Scouthook:Sources:default:Secrets:0:File";

    private readonly Folder _folder = new();
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 3, 2, 8, 0, 0, TimeSpan.Zero));

    /// <summary>Content that was once accepted, after which every event was answered with 401.</summary>
    public static TheoryData<byte[], string> Unusable => new()
    {
        { Encoding.UTF8.GetBytes($"{Some.OtherSecret}\n{Some.Secret}\n"), "more than one line" },
        { Encoding.UTF8.GetBytes($"\n{Some.OtherSecret}"), "more than one line" },
        { Encoding.UTF8.GetBytes($"{Some.OtherSecret}\r{Some.Secret}"), "more than one line" },
        { Encoding.UTF8.GetBytes($"{Some.OtherSecret}\0"), "NUL" },
        { [.. Encoding.UTF8.GetBytes(Some.OtherSecret), 0xff], "not valid UTF-8" },
        { [.. Encoding.UTF8.GetBytes(Some.OtherSecret), 0xc3], "not valid UTF-8" },
    };

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Unusable))]
    public async Task File_without_a_single_line_of_text_prevents_startup(byte[] content, string reason)
    {
        await File.WriteAllBytesAsync(_folder["secret"], content, TestContext.Current.CancellationToken);

        var exception = await Assert.ThrowsAsync<OptionsValidationException>(() => StartAsync());

        var mistake = Assert.Single(exception.Failures, failure => failure.StartsWith($"{Key}: the file ", StringComparison.Ordinal));
        Assert.Contains(reason, mistake, StringComparison.Ordinal);
        Assert.DoesNotContain(Some.OtherSecret, exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Unusable))]
    public async Task File_that_no_longer_has_a_single_line_of_text_changes_nothing(byte[] content, string reason)
    {
        _folder.Replace("secret", Some.Secret);
        await using var app = await StartAsync();

        await File.WriteAllBytesAsync(_folder["secret"], content, TestContext.Current.CancellationToken);
        _time.Advance(TimeSpan.FromSeconds(5));

        Assert.Equal(200, await app.StatusAsync(Some.Request()));
        Assert.Equal(1, app.Logs.Count(1203));
        var health = await app.HealthAsync();
        Assert.Equal(HealthStatus.Degraded, health.Status);
        Assert.Contains(reason, health.Description, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("\n")]
    [InlineData("\r\n\r\n")]
    public async Task Line_breaks_at_the_end_are_not_part_of_the_secret(string end)
    {
        _folder.Replace("secret", Some.Secret + end);

        await using var app = await StartAsync();

        Assert.Equal(200, await app.StatusAsync(Some.Request()));
    }

    /// <remarks>The timer that checks the files once ended the process with the exception of the logger.</remarks>
    [Fact]
    public async Task Failing_log_prevents_no_change()
    {
        var log = new FailingLog(1202, 1203);
        _folder.Replace("secret", Some.Secret);
        await using var app = await StartAsync(log);
        var changes = 0;
        using var counting = app.Services.GetRequiredService<IOptionsMonitor<ScouthookOptions>>().OnChange(_ => changes++);

        _folder.Replace("secret", "");
        _time.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal((1, 0), (log.Failures, changes));
        Assert.Equal(200, await app.StatusAsync(Some.Request()));

        _folder.Replace("secret", Some.OtherSecret);
        _time.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal((2, 1), (log.Failures, changes));
        Assert.Equal(200, await app.StatusAsync(Some.Request(secret: Some.OtherSecret)));
        Assert.Equal(401, await app.StatusAsync(Some.Request()));
    }

    private Task<TestApp> StartAsync(FailingLog? log = null) => TestApp.StartAsync(setup =>
    {
        setup.Time = _time;
        setup.WithoutSecret().With(Key, _folder["secret"]);
        if (log is not null)
        {
            setup.Builder = builder => builder.Logging.AddProvider(log);
        }
    });
}
