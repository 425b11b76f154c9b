using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Scouthook.Events;

namespace Scouthook.AspNetCore.Tests.Configuring;

/// <summary>An invalid configuration stops the app at startup, with a list of all errors.</summary>
public sealed class MistakeTests : IDisposable
{
    private const string Source = "Scouthook:Sources:default";

    private readonly Folder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task All_errors_are_listed_together_each_with_its_key()
    {
        var mistakes = await MistakesAsync(setup => setup.WithoutSecret()
            .With("Scouthook:Receiver:MaxBodyBytes", "many")
            .With("Scouthook:Sources:a:Secrets:0", "")
            .With("Scouthook:Sources:a:Path", "/same")
            .With("Scouthook:Sources:b:Secrets:0:Value", "canary-b")
            .With("Scouthook:Sources:b:Secrets:0:File", "canary-file")
            .With("Scouthook:Sources:b:Path", "/SAME/")
            .With("Scouthook:Sources:c:Secrets:0:File", _folder["nowhere"])
            .With("Scouthook:Sources:c:Secrets:1:Value", "canary-c")
            .With("Scouthook:Sources:c:Secrets:1:ExpiresAt", "tomorrow")
            .With("Scouthook:Sources:c:Path", "no slash")
            .With("Scouthook:Sources:c:Deduplicate", "perhaps")
            .With("Scouthook:Sources:d:Secret", "canary-d"));

        string[] keys =
        [
            "Scouthook:Receiver:MaxBodyBytes", "Scouthook:Sources:a:Secrets:0", "Scouthook:Sources:a:Path",
            "Scouthook:Sources:b:Path", "Scouthook:Sources:b:Secrets:0", "Scouthook:Sources:c:Secrets:0:File",
            "Scouthook:Sources:c:Secrets:1:ExpiresAt", "Scouthook:Sources:c:Path", "Scouthook:Sources:c:Deduplicate",
            "Scouthook:Sources:d:Secret ", "Scouthook:Sources:d:Secrets:0",
        ];
        Assert.All(keys, key => Assert.Contains(key, string.Join('\n', mistakes), StringComparison.Ordinal));
        Assert.Equal(10, mistakes.Count);
    }

    [Fact]
    public async Task Without_any_source_the_error_names_the_key_of_the_first_secret() =>
        Assert.Contains(
            $"{Source}:Secrets:0 is not set", Assert.Single(await MistakesAsync(setup => setup.WithoutSecret())),
            StringComparison.Ordinal);

    [Theory]
    [InlineData(":Secrets:0", "")]
    [InlineData(":Secrets:0", "   ")]
    [InlineData(":Secrets:0", "\n")]
    [InlineData(":Secrets:0:Value", "")]
    [InlineData(":Secrets", "")]
    [InlineData(":Secrets:0:Vaule", "x")]
    [InlineData(":Path", "/webhook")]
    [InlineData(":Secrets:0:ExpiresAt", "2026-03-02T08:00:00Z")]
    [InlineData("", "x")]
    public async Task Source_without_a_usable_secret_prevents_startup(string key, string value)
    {
        var mistakes = await MistakesAsync(setup => setup.WithoutSecret().With(Source + key, value));

        Assert.Contains(mistakes, mistake => mistake.StartsWith($"{Source}:Secrets:0", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("0")]
    [InlineData("-1")]
    [InlineData("10MB")]
    [InlineData("1.5")]
    [InlineData("2147483647")]
    [InlineData("99999999999")]
    [InlineData(" ")]
    public async Task Limit_that_is_not_a_number_of_bytes_prevents_startup(string limit) =>
        Assert.StartsWith(
            "Scouthook:Receiver:MaxBodyBytes ",
            Assert.Single(await MistakesAsync(setup => setup.With("Scouthook:Receiver:MaxBodyBytes", limit))),
            StringComparison.Ordinal);

    [Theory]
    [InlineData("tomorrow")]
    [InlineData("2026-03-02")]
    [InlineData("2026-03-02T08:00:00")]
    [InlineData("2026-13-02T08:00:00Z")]
    [InlineData("24:00:00")]
    [InlineData("03/02/2026 08:00:00 +00:00")]
    public async Task Expiry_that_is_not_a_time_prevents_startup(string expiry)
    {
        var mistakes = await MistakesAsync(setup => setup.WithoutSecret()
            .With($"{Source}:Secrets:0:Value", "x").With($"{Source}:Secrets:0:ExpiresAt", expiry));

        Assert.StartsWith($"{Source}:Secrets:0:ExpiresAt ", Assert.Single(mistakes), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("webhook")]
    [InlineData("")]
    [InlineData("/")]
    [InlineData("/{source}")]
    [InlineData("/web hook")]
    [InlineData("/webhook?x=1")]
    [InlineData("/web//hook")]
    [InlineData("https://example.com/webhook")]
    public async Task Path_that_cannot_be_mapped_prevents_startup(string path) =>
        Assert.StartsWith(
            $"{Source}:Path ",
            Assert.Single(await MistakesAsync(setup => setup.With($"{Source}:Path", path))),
            StringComparison.Ordinal);

    [Fact]
    public async Task Conflicting_paths_are_named_together()
    {
        var mistake = Assert.Single(await MistakesAsync(setup => setup
            .With("Scouthook:Sources:other:Secrets:0", "x").With("Scouthook:Sources:other:Path", "/WebHook/")));

        Assert.Contains("Scouthook:Sources:default:Path", mistake, StringComparison.Ordinal);
        Assert.Contains("Scouthook:Sources:other:Path", mistake, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Unknown_setting_prevents_startup()
    {
        var mistakes = await MistakesAsync(setup => setup.With($"{Source}:Secret", "canary-secret"));

        Assert.StartsWith($"{Source}:Secret is not a setting", Assert.Single(mistakes), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Invalid_configuration_prevents_startup_even_if_nothing_is_mapped()
    {
        var mistakes = await MistakesAsync(setup =>
        {
            setup.WithoutSecret();
            setup.Map = _ => { };
        });

        Assert.Single(mistakes);
    }

    [Fact]
    public async Task Mapping_without_the_services_names_the_missing_call()
    {
        await using var app = WebApplication.CreateBuilder().Build();

        var exception = Assert.Throws<InvalidOperationException>(() => app.MapScouthook());

        Assert.Contains("AddScouthook", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_exception_or_log_contains_a_secret_or_payload()
    {
        var logs = new LogCapture();
        _folder.Replace("secret", "canary-in-file");
        var body = """{"id":1,"name":"canary-payload","slug":[}"""u8.ToArray();
        var wrongShape = """{"id":1,"name":{"canary-key":"canary-payload"},"slug":"s"}"""u8.ToArray();
        await using (var app = await TestApp.StartAsync(setup =>
        {
            setup.Logs = logs;
            setup.With(Some.SecretKey, "canary-secret")
                .With($"{Source}:Secrets:1:File", _folder["secret"])
                .With($"{Source}:Secrets:2:Value", "canary-expiring")
                .With($"{Source}:Secrets:2:ExpiresAt", "2099-01-01T00:00:00Z");
            setup.Scouthook = scouthook => scouthook.AddHandler<TagUpdated>((_, _) => throw new InvalidOperationException("failed"));
        }))
        {
            foreach (var bytes in (byte[][])[body, wrongShape])
            {
                await app.SendAsync(Some.Request(bytes, "tag.created", "canary-secret"));
                await app.SendAsync(Some.Request(bytes, "tag.created", "canary-in-file"));
                await app.SendAsync(Some.Request(bytes, "tag.created", "canary-expiring"));
                await app.SendAsync(Some.Request(bytes, "nobody.knows", "canary-expiring"));
                await app.SendAsync(Some.Request(bytes, "tag.created", "wrong"));
                await app.SendAsync(new RawRequest { Body = bytes });
            }

            await app.SendAsync(Some.Request(
                """{"id":1,"name":"canary-payload","slug":"s"}"""u8.ToArray(), "tag.updated", "canary-secret"));
        }

        await MistakesAsync(setup =>
        {
            setup.Logs = logs;
            setup.With($"{Source}:Secrets:0", "canary-secret").With($"{Source}:Secrets:0:Vaule", "canary-value")
                .With($"{Source}:Secrets:1:Value", "canary-value").With($"{Source}:Secrets:1:File", _folder["secret"])
                .With($"{Source}:Secrets:2:File", _folder["secret"]).With($"{Source}:Path", "bad")
                .With($"{Source}:Secrets:3:Value", "canary-\ud800");
        });
        Assert.Contains(logs.Entries, entry => entry.Id == 1103);
        await Eventually.TrueAsync(() => logs.Has(1001), "the rejection was logged");
        Assert.All(logs.Entries, entry => Assert.DoesNotContain("canary", entry.Text, StringComparison.Ordinal));
    }

    private static async Task<IReadOnlyList<string>> MistakesAsync(Action<AppSetup> arrange)
    {
        var exception = await Assert.ThrowsAsync<OptionsValidationException>(() => TestApp.StartAsync(arrange));

        Assert.DoesNotContain("canary", exception.ToString().Replace("canary-file", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.All(exception.Failures, mistake => Assert.Contains(mistake, exception.Message, StringComparison.Ordinal));
        return [.. exception.Failures];
    }
}
