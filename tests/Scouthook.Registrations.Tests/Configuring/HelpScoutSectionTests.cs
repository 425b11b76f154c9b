using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Scouthook.Registrations.Configuring;
using Scouthook.Registrations.Model;
using Scouthook.Settings;

namespace Scouthook.Registrations.Tests.Configuring;

public sealed class HelpScoutSectionTests
{
    private const string HelpScout = "Scouthook:Sources:eu:HelpScout";

    public static TheoryData<string, string, string> Mistakes => new()
    {
        { "Colour", "blue", "Colour is not a setting" },
        { "Api", "ftp://example.com", "Api must be an http or https URL" },
        { "Api", "https://user@example.com", "Api must be an http or https URL" },
        { "ClientId", "", "ClientId is not set" },
        { "ClientSecret", "", "ClientSecret is not set" },
        { "ClientSecret:File", "/does/not/exist", "ClientSecret must be a single value" },
        { "PollInterval", "0s", "PollInterval must be greater than 0." },
        { "Reenable", "perhaps", "Reenable must be true or false." },
        { "Webhooks:crm:Color", "blue", "Webhooks:crm:Color is not a setting" },
        { "Webhooks:crm:Url", "", "Webhooks:crm:Url is not set" },
        { "Webhooks:crm:Url", "example.com", "Webhooks:crm:Url must be an absolute URL" },
        { "Webhooks:crm:Events:0", "convo.*", "Webhooks:crm:Events:0 must be the name of an event" },
        { "Webhooks:crm:MailboxIds:0", "support", "Webhooks:crm:MailboxIds:0 must be the number of an inbox." },
        { "Webhooks:crm:PayloadVersion", "V1", "Webhooks:crm:PayloadVersion must be one of V2, V3." },
        { "Webhooks:crm:Notification", "2", "Webhooks:crm:Notification must be true or false." },
    };

    [Fact]
    public void Source_without_the_section_has_no_connection() => Assert.Null(Read(new Dictionary<string, string?> { ["Scouthook:Sources:eu:Path"] = "/eu" }).Of("eu"));

    [Fact]
    public void Defaults_are_the_documented_ones()
    {
        var connection = Read(Good()).Of("EU")!;

        Assert.Equal(
            ("eu", TimeSpan.FromMinutes(5), false, HelpScoutCredentials.DefaultApi),
            (connection.Source, connection.PollInterval, connection.Reenable, connection.Credentials!.Api));
        var webhook = Assert.Single(connection.Webhooks);
        Assert.Equal(("crm", 25, true, null, null, false), (
            webhook.Name, webhook.Events!.Count, webhook.AllowsOtherEvents, webhook.Label, webhook.PayloadVersion, webhook.Notification));
        Assert.Empty(webhook.MailboxIds!);
    }

    [Fact]
    public void Every_setting_is_read()
    {
        var connection = Read(
            Good(),
            Source(
                ("Api", "http://127.0.0.1:8080/base"), ("PollInterval", "30s"), ("Reenable", "true"),
                ("Webhooks:crm:Events", "convo.created,convo.tags"), ("Webhooks:crm:MailboxIds:0", "4000000000"),
                ("Webhooks:crm:Label", "CRM"), ("Webhooks:crm:PayloadVersion", "V3"), ("Webhooks:crm:Notification", "true"))).Of("eu")!;

        Assert.Equal(
            new HelpScoutCredentials { Api = new Uri("http://127.0.0.1:8080/base"), ClientId = "id", ClientSecret = "client-secret" },
            connection.Credentials);
        Assert.Equal((TimeSpan.FromSeconds(30), true), (connection.PollInterval, connection.Reenable));
        var webhook = Assert.Single(connection.Webhooks);
        Assert.Equal(["convo.created", "convo.tags"], webhook.Events!);
        Assert.Equal([4_000_000_000], webhook.MailboxIds!);
        Assert.Equal(("CRM", "V3", true, false), (webhook.Label, webhook.PayloadVersion, webhook.Notification, webhook.AllowsOtherEvents));
    }

    [Theory]
    [MemberData(nameof(Mistakes))]
    public void Mistake_is_listed_with_its_key_and_without_secrets(string key, string value, string mistake)
    {
        // In one source, as in a file: a later source would replace the client secret.
        var settings = new Dictionary<string, string?>(Good()) { [$"{HelpScout}:{key}"] = value };

        var exception = Assert.Throws<OptionsValidationException>(() => Read(settings));

        Assert.Contains(exception.Failures, failure => failure.StartsWith($"{HelpScout}:{mistake}", StringComparison.Ordinal));
        Assert.DoesNotContain("client-secret", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void All_mistakes_are_listed_together()
    {
        var exception = Assert.Throws<OptionsValidationException>(() => Read(
            Source(("ClientId", "id"), ("Reenable", "true"), ("PollInterval", "24:00:00"))));

        Assert.Equal(
            ["ClientSecret is not set", "PollInterval", "Reenable needs at least one registration"],
            exception.Failures.Order().Zip(
                ["ClientSecret is not set", "PollInterval", "Reenable needs at least one registration"],
                (failure, start) => failure.StartsWith($"{HelpScout}:{start}", StringComparison.Ordinal) ? start : failure));
    }

    [Fact]
    public void Client_secret_can_be_in_a_file_or_a_section()
    {
        using var file = new SecretFile("from-file\n");

        Assert.Equal("from-file", SecretOf(Source(("ClientSecret:File", file.Path))));
        Assert.Equal("from-section", SecretOf(Source(("ClientSecret:Value", "from-section"))));
        Assert.Equal("from-later", SecretOf(Source(("ClientSecret:File", file.Path)), Source(("ClientSecret", "from-later"))));
        Assert.Equal("from-file", SecretOf(Source(("ClientSecret", "earlier")), Source(("ClientSecret:File", file.Path))));
    }

    [Fact]
    public void Missing_file_of_the_client_secret_is_named()
    {
        var exception = Assert.Throws<OptionsValidationException>(() => SecretOf(Source(("ClientSecret:File", "/does/not/exist"))));

        Assert.Contains("the file /does/not/exist cannot be read", Assert.Single(exception.Failures), StringComparison.Ordinal);
    }

    private static Dictionary<string, string?> Good() => new()
    {
        [$"{HelpScout}:ClientId"] = "id",
        [$"{HelpScout}:ClientSecret"] = "client-secret",
        [$"{HelpScout}:Webhooks:crm:Url"] = "https://example.com/webhook",
    };

    private static Dictionary<string, string?> Source(params (string Key, string Value)[] settings) =>
        settings.ToDictionary(setting => $"{HelpScout}:{setting.Key}", string? (setting) => setting.Value);

    private static string SecretOf(params Dictionary<string, string?>[] sources) =>
        Read([Source(("ClientId", "id")), .. sources]).Of("eu")!.Credentials!.ClientSecret;

    private static HelpScoutSettings Read(params Dictionary<string, string?>[] sources)
    {
        var configuration = new ConfigurationBuilder();
        foreach (var source in sources)
        {
            configuration.AddInMemoryCollection(source);
        }

        using var provider = new ServiceCollection()
            .AddLogging()
            .AddSingleton<IConfiguration>(configuration.Build())
            .AddHelpScoutSettings()
            .BuildServiceProvider();
        return provider.GetRequiredService<Settings<HelpScoutSettings>>().Current;
    }

    private sealed class SecretFile : IDisposable
    {
        public SecretFile(string text) => File.WriteAllText(Path, text);

        public string Path { get; } = System.IO.Path.GetTempFileName();

        public void Dispose() => File.Delete(Path);
    }
}
