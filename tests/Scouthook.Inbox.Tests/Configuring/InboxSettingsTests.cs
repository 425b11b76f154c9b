using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;
using Scouthook.Inbox.Configuring;
using Scouthook.Settings;

namespace Scouthook.Inbox.Tests.Configuring;

public sealed class InboxSettingsTests : IDisposable
{
    private const string WindowKey = "Scouthook:Inbox:RepeatWindow";
    private const string TimeoutKey = "Scouthook:Receiver:CommitTimeout";
    private const string BytesKey = "Scouthook:Receiver:MaxBytesInFlight";
    private const string PathKey = "Scouthook:Inbox:Sqlite:Path";
    private const string StoreKey = "Scouthook:Inbox:Store";

    private readonly LogCapture<SettingsMonitor> _log = new();
    private readonly IConfigurationRoot _configuration = new ConfigurationBuilder().AddInMemoryCollection().Build();
    private SettingsMonitor? _settings;

    public void Dispose() => _settings?.Dispose();

    [Fact]
    public void Defaults_are_those_documented()
    {
        Assert.Equal(
            new InboxSettings
            {
                DataDirectory = "./scouthook-data",
                SqlitePath = "./scouthook-data/scouthook.db",
                RepeatWindow = TimeSpan.FromHours(48),
                MaxBytesInFlight = 64 * 1024 * 1024,
                CommitTimeout = TimeSpan.FromSeconds(5),
            },
            Start().Current);
    }

    [Fact]
    public void Everything_can_be_configured()
    {
        Set(StoreKey, "sqlite");
        Set("Scouthook:Inbox:DataDirectory", "/data");
        Set(PathKey, "/fast/x.db");
        Set(WindowKey, "1.12:30:00");
        Set(BytesKey, "1048576");
        Set("Scouthook:Inbox:FileMode", "0640");
        Set(TimeoutKey, "15s");

        Assert.Equal(
            new InboxSettings
            {
                DataDirectory = "/data",
                SqlitePath = "/fast/x.db",
                FileMode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead,
                RepeatWindow = TimeSpan.FromHours(36.5),
                MaxBytesInFlight = 1_048_576,
                CommitTimeout = TimeSpan.FromSeconds(15),
            },
            Start().Current);
    }

    [Fact]
    public void All_errors_are_listed_together_with_their_keys()
    {
        Set(StoreKey, "Oracle");
        Set(WindowKey, "24:00:00");
        Set(BytesKey, "64MB");
        Set(TimeoutKey, "0s");

        var exception = Assert.Throws<OptionsValidationException>(Start);

        Assert.Equal(
            [
                $"{StoreKey} must be Sqlite or PostgreSql.",
                $"{WindowKey} is ambiguous: hours end at 23, so .NET would read 24 days. Write 24h, or 1.00:00:00.",
                $"{BytesKey} must be a whole number from 1 to 9223372036854775807.",
                $"{TimeoutKey} must be greater than 0.",
            ],
            exception.Failures);
    }

    [Theory]
    [InlineData(WindowKey, "3651d", "3650.00:00:00")]
    [InlineData(WindowKey, "10675198d", "3650.00:00:00")]
    [InlineData(TimeoutKey, "50d", "1.00:00:00")]
    [InlineData(TimeoutKey, "25h", "1.00:00:00")]
    public void Duration_that_no_clock_or_timer_can_represent_is_rejected(string key, string text, string most)
    {
        Set(key, text);

        var exception = Assert.Throws<OptionsValidationException>(Start);

        Assert.Equal($"{key} must be at most {most}.", Assert.Single(exception.Failures));
    }

    [Theory]
    [InlineData("0")]
    [InlineData("-1")]
    [InlineData("1.5")]
    [InlineData("9223372036854775808")]
    public void Bytes_must_be_a_positive_whole_number(string text)
    {
        Set(BytesKey, text);

        Assert.Contains(BytesKey, Assert.Single(Assert.Throws<OptionsValidationException>(Start).Failures), StringComparison.Ordinal);
    }

    [Fact]
    public void Change_takes_effect_without_a_restart()
    {
        var live = Start();

        Set(TimeoutKey, "7s");
        Set(BytesKey, "5000");
        _configuration.Reload();

        Assert.Equal((TimeSpan.FromSeconds(7), 5_000), (live.Current.CommitTimeout, live.Current.MaxBytesInFlight));
        Assert.Equal(1202, Assert.Single(_log.Entries).Id);
    }

    [Fact]
    public void Invalid_change_is_logged_and_the_last_valid_settings_stay()
    {
        Set(TimeoutKey, "7s");
        var live = Start();
        var before = live.Current;

        Set(TimeoutKey, "soon");
        Set(BytesKey, "5000");
        _configuration.Reload();

        Assert.Same(before, live.Current);
        Assert.Equal(1203, Assert.Single(_log.Entries).Id);
        Assert.Contains(TimeoutKey, _log.Entries[0].Text, StringComparison.Ordinal);

        Set(TimeoutKey, "9s");
        _configuration.Reload();

        Assert.Equal((TimeSpan.FromSeconds(9), 5_000), (live.Current.CommitTimeout, live.Current.MaxBytesInFlight));
    }

    [Fact]
    public void Database_does_not_move_while_the_app_runs()
    {
        Set(PathKey, "a.db");
        var live = Start();

        Set(PathKey, "b.db");
        _configuration.Reload();

        Assert.Equal(Path.GetFullPath("a.db"), live.DatabasePath);
        Assert.Equal("a.db", live.Current.SqlitePath);
        Assert.Equal([PathKey], _settings!.NeedRestart);
        Assert.Contains(_log.Entries, entry => entry.Id == 1205 && entry.Text.Contains(PathKey, StringComparison.Ordinal));

        _configuration.Reload();

        Assert.Single(_log.Entries, entry => entry.Id == 1205);
    }

    [Theory]
    [InlineData(null, null, "./scouthook-data", "./scouthook-data/scouthook.db")]
    [InlineData("/data", null, "/data", "/data/scouthook.db")]
    [InlineData("/data", "/fast/x.db", "/data", "/fast/x.db")]
    [InlineData(null, "/fast/x.db", "./scouthook-data", "/fast/x.db")]
    public void Database_is_in_the_data_directory_unless_it_has_a_path_of_its_own(
        string? directory, string? path, string expectedDirectory, string expectedPath)
    {
        _configuration["Scouthook:Inbox:DataDirectory"] = directory;
        _configuration[PathKey] = path;

        var settings = Start().Current;

        Assert.Equal((expectedDirectory, expectedPath), (settings.DataDirectory, settings.SqlitePath));
    }

    [Fact]
    public void Disposed_settings_do_not_follow_changes()
    {
        var live = Start();
        _settings!.Dispose();

        Set(TimeoutKey, "7s");
        _configuration.Reload();

        Assert.Equal(TimeSpan.FromSeconds(5), live.Current.CommitTimeout);
    }

    private void Set(string key, string value) => _configuration[key] = value;

    private LiveInboxSettings Start()
    {
        _settings = SomeSettings.Of(_configuration, _log);
        return new LiveInboxSettings(_settings);
    }
}
