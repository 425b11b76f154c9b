using Microsoft.Extensions.Configuration;
using Scouthook.Inbox.Configuring;
using Scouthook.Inbox.Model;
using Scouthook.Inbox.Reconciling;
using Scouthook.Settings;

namespace Scouthook.Inbox.Tests.Configuring;

public sealed class EndpointSectionTests : IDisposable
{
    private const string Url = "https://crm.example.com/helpscout";
    private const string Secret = "a-secret-nobody-may-see";

    private readonly Folder _folder = new();

    public static TheoryData<string, string, string> Mistakes => new()
    {
        { "Url", "crm.example.com", "Scouthook:Endpoints:crm:Url must be a URL" },
        { "Url", "ftp://crm.example.com", "Scouthook:Endpoints:crm:Url must be a URL" },
        { "Url", "https://me:pass@crm.example.com", "Scouthook:Endpoints:crm:Url must not contain a user or password" },
        { "Url", "", "Scouthook:Endpoints:crm:Url must be a URL" },
        { "Url", "https://crm.example.com:0/hook", "Scouthook:Endpoints:crm:Url must not have port 0" },
        { "Url", "http://unix:/tmp/hook.sock", "Scouthook:Endpoints:crm:Url must not be a Unix socket" },
        { "Events:0", "con*vo", "Scouthook:Endpoints:crm:Events:0 must be event types, families or patterns" },
        { "Events", "convo.*, *.tags", "Scouthook:Endpoints:crm:Events:1 must be event types, families or patterns" },
        { "MailboxIds:0", "first", "Scouthook:Endpoints:crm:MailboxIds:0 must be a mailbox id" },
        { "MailboxIds:0", "-1", "Scouthook:Endpoints:crm:MailboxIds:0 must be a mailbox id" },
        { "Ordering", "sometimes", "Scouthook:Endpoints:crm:Ordering must be resource, strict or none." },
        { "Ordering", "1", "Scouthook:Endpoints:crm:Ordering must be resource, strict or none." },
        { "Timeout", "soon", "Scouthook:Endpoints:crm:Timeout must be a duration" },
        { "Timeout", "24:00:00", "Scouthook:Endpoints:crm:Timeout is ambiguous" },
        { "Timeout", "0s", "Scouthook:Endpoints:crm:Timeout must be greater than 0." },
        { "Timeout", "2h", "Scouthook:Endpoints:crm:Timeout must be at most 01:00:00." },
        { "Concurrency", "0", "Scouthook:Endpoints:crm:Concurrency must be a whole number from 1" },
        { "Concurrency", "1.5", "Scouthook:Endpoints:crm:Concurrency must be a whole number from 1" },
        { "IncludeUnreadable", "maybe", "Scouthook:Endpoints:crm:IncludeUnreadable must be true or false." },
        { "StartFrom", "yesterday", "Scouthook:Endpoints:crm:StartFrom must be now, beginning, or a timestamp" },
        { "Secret", "", "Scouthook:Endpoints:crm:Secret: The secret must not be empty." },
        { "Secret", "whsec_short", "Scouthook:Endpoints:crm:Secret: A secret that starts with whsec_" },
        { "SecretFile", "no-such-file", "Scouthook:Endpoints:crm:SecretFile: the file no-such-file cannot be read" },
        { "Colour", "blue", "Scouthook:Endpoints:crm:Colour is not a setting; valid settings here are Url, Events," },
    };

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Endpoint_with_only_a_URL_gets_every_event_from_now_on()
    {
        var declared = Assert.Single(Read(("Url", Url)));

        Assert.Equivalent(
            new EndpointDefinition { Name = "crm", Kind = EndpointKind.Http, Url = new Uri(Url) },
            declared.Declaration.Definition,
            strict: true);
        Assert.Equal(StartPosition.Now, declared.Declaration.Start);
        Assert.Null(declared.Secret);
    }

    /// <remarks>Such endpoints were once accepted, and then every attempt was blocked without a warning.</remarks>
    [Theory]
    [InlineData("http://127.0.0.1:9/hook")]
    [InlineData("http://2130706433/hook")]
    [InlineData("http://0x7f.1/hook")]
    [InlineData("http://0177.0.0.1/hook")]
    [InlineData("http://127.1./hook")]
    [InlineData("http://localhost:5000/hook")]
    [InlineData("http://crm.LOCALHOST./hook")]
    [InlineData("https://10.1.2.3/hook")]
    [InlineData("https://192.0.2.7/hook")]
    [InlineData("https://[::1]/hook")]
    [InlineData("https://[::ffff:10.1.2.3]/hook")]
    [InlineData("https://[fd12::1]/hook")]
    public void Address_is_rejected_unless_the_settings_allow_it(string url)
    {
        var mistakes = new List<string>();

        Read(mistakes, ("Url", url));

        var mistake = Assert.Single(mistakes);
        Assert.StartsWith("Scouthook:Endpoints:crm:Url is not allowed. Deliveries do not go to ", mistake, StringComparison.Ordinal);
        Assert.Contains("Scouthook:Delivery:AllowedNetworks", mistake, StringComparison.Ordinal);
        Assert.Contains("Scouthook:Delivery:AllowPrivateNetworks", mistake, StringComparison.Ordinal);

        var allowing = Configuration(("crm:Url", url));
        allowing["Scouthook:Delivery:AllowPrivateNetworks"] = "true";
        Assert.Empty(Read(allowing).Mistakes);
    }

    [Theory]
    [InlineData("http://169.254.169.254/latest/meta-data")]
    [InlineData("http://0xa9fea9fe/")]
    [InlineData("http://[::ffff:a9fe:a9fe]/")]
    [InlineData("http://168.63.129.16/")]
    [InlineData("http://0/")]
    public void Address_that_no_setting_can_allow_is_always_rejected(string url)
    {
        var allowing = Configuration(("crm:Url", url));
        allowing["Scouthook:Delivery:AllowPrivateNetworks"] = "true";

        var mistakes = Read(allowing).Mistakes;

        Assert.StartsWith(
            "Scouthook:Endpoints:crm:Url is not allowed. Deliveries never go to ", Assert.Single(mistakes), StringComparison.Ordinal);
    }

    [Fact]
    public void Every_member_is_read()
    {
        var declared = Assert.Single(Read(
            ("Url", Url), ("Events:0", "convo.*"), ("Events:1", "scouthook.*"), ("MailboxIds", "5, 7"),
            ("Ordering", "Strict"), ("Timeout", "90s"), ("Concurrency", "3"), ("IncludeUnreadable", "false"),
            ("Secret", Secret), ("StartFrom", "2026-03-02T08:00:00Z")));

        Assert.Equivalent(
            new EndpointDefinition
            {
                Name = "crm",
                Kind = EndpointKind.Http,
                Url = new Uri(Url),
                Events = ["convo.*", "scouthook.*"],
                MailboxIds = [5, 7],
                States = EventStates.Ok | EventStates.Unknown | EventStates.Notification,
                Ordering = EndpointOrdering.Strict,
                Timeout = TimeSpan.FromSeconds(90),
                Concurrency = 3,
            },
            declared.Declaration.Definition,
            strict: true);
        Assert.Equal(StartPosition.At(new DateTimeOffset(2026, 3, 2, 8, 0, 0, TimeSpan.Zero)), declared.Declaration.Start);
        Assert.Equal(Secret, declared.Secret);
    }

    [Fact]
    public void Secret_in_a_file_is_read_without_its_trailing_line_break()
    {
        File.WriteAllText(_folder["secret"], Secret + "\r\n");

        Assert.Equal(Secret, Assert.Single(Read(("Url", Url), ("SecretFile", _folder["secret"]))).Secret);
    }

    [Theory]
    [MemberData(nameof(Mistakes))]
    public void Error_is_reported_with_its_key(string member, string value, string expected)
    {
        var mistakes = new List<string>();

        var declared = Read(mistakes, member == "Url" ? [("Url", value)] : [("Url", Url), (member, value)]);

        Assert.Single(declared);
        Assert.StartsWith(expected, Assert.Single(mistakes), StringComparison.Ordinal);
    }

    [Fact]
    public void All_errors_are_reported_together_and_none_quotes_a_secret()
    {
        var mistakes = new List<string>();
        File.WriteAllText(_folder["secret"], Secret);

        Read(mistakes, ("Ordering", "x"), ("Timeout", "x"), ("Secret", "whsec_" + Secret), ("SecretFile", _folder["secret"]));

        Assert.Equal(4, mistakes.Count);
        Assert.Contains("Scouthook:Endpoints:crm has both Secret and SecretFile; keep one.", mistakes);
        Assert.DoesNotContain(mistakes, it => it.Contains(Secret, StringComparison.Ordinal));
    }

    [Fact]
    public void Name_that_is_too_long_is_rejected()
    {
        var name = new string('x', 101);

        var mistakes = Read(Configuration(($"{name}:Url", Url), ("crm:Url", Url))).Mistakes;

        Assert.StartsWith($"Scouthook:Endpoints:{name}: the name must have 1 to 100", Assert.Single(mistakes), StringComparison.Ordinal);
    }

    [Fact]
    public void Declared_endpoint_prints_its_name_and_no_secret()
    {
        Assert.Equal("crm", $"{Assert.Single(Read(("Url", Url), ("Secret", Secret)))}");
    }

    private static IReadOnlyList<ConfiguredEndpoint> Read(params (string Member, string Value)[] members)
    {
        var mistakes = new List<string>();
        var declared = Read(mistakes, members);
        Assert.Empty(mistakes);
        return declared;
    }

    private static IReadOnlyList<ConfiguredEndpoint> Read(
        List<string> mistakes, params (string Member, string Value)[] members)
    {
        var draft = Read(Configuration([.. members.Select(it => ($"crm:{it.Member}", it.Value))]));
        mistakes.AddRange(draft.Mistakes);
        return draft.Find<IReadOnlyList<ConfiguredEndpoint>>()!;
    }

    private static SettingsDraft Read(IConfigurationRoot configuration)
    {
        var draft = new SettingsDraft(null, new SettingsFiles(""));
        new InboxSection(new OptionsPipeline<InboxOptions>([], [], [], [])).Read(
            new SettingsReader(
                ConfigurationCopy.Of(new PlainConfigurationSources(), configuration, SettingsMonitor.Section), draft.Mistakes),
            draft);
        return draft;
    }

    private static IConfigurationRoot Configuration(params (string Key, string Value)[] members) =>
        new ConfigurationBuilder().AddInMemoryCollection(members.Select(
            it => KeyValuePair.Create($"{InboxSection.Endpoints}:{it.Key}", (string?)it.Value))).Build();
}
