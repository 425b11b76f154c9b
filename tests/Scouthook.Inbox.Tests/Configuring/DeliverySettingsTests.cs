using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Configuration.Memory;
using Microsoft.Extensions.Options;
using Scouthook.Inbox.Configuring;
using Scouthook.Settings;

namespace Scouthook.Inbox.Tests.Configuring;

public sealed class DeliverySettingsTests : IDisposable
{
    private const string Schedule = "Scouthook:Delivery:RetrySchedule";
    private const string Networks = "Scouthook:Delivery:AllowedNetworks";
    private const string Timeout = "Scouthook:Delivery:Timeout";
    private const string Concurrency = "Scouthook:Delivery:Concurrency";
    private const string Private = "Scouthook:Delivery:AllowPrivateNetworks";
    private const string HowToNetwork =
        "must be an address or a network such as 10.1.0.0/16 or fd12:3456::/48, with nothing after the prefix.";

    private readonly LogCapture<SettingsMonitor> _log = new();
    private readonly IConfigurationRoot _configuration =
        new ConfigurationBuilder().AddInMemoryCollection().AddInMemoryCollection().Build();

    private SettingsMonitor? _settings;

    public void Dispose() => _settings?.Dispose();

    [Fact]
    public void Defaults_are_those_documented()
    {
        var settings = Start().Current;

        Assert.Equal(
            ["00:00:05", "00:05:00", "00:30:00", "02:00:00", "05:00:00", "10:00:00", "14:00:00", "20:00:00", "1.00:00:00"],
            settings.RetrySchedule.Select(it => it.ToString()));
        Assert.Equal(
            (TimeSpan.FromSeconds(15), 10, false), (settings.Timeout, settings.Concurrency, settings.Network.AllowPrivateNetworks));
        Assert.Empty(settings.Network.AllowedNetworks);
    }

    [Fact]
    public void Everything_can_be_configured()
    {
        Set(Timeout, "30s");
        Set(Concurrency, "1000");
        Set(Private, "True");
        Set($"{Schedule}:0", "1s");
        Set($"{Schedule}:1", "2m");
        Set($"{Networks}:0", "10.1.0.0/16");
        Set($"{Networks}:1", "127.0.0.1");
        Set($"{Networks}:2", "fd12:3456::/48");
        Set($"{Networks}:3", "::1");

        var settings = Start().Current;

        Assert.Equal(
            (TimeSpan.FromSeconds(30), 1000, true), (settings.Timeout, settings.Concurrency, settings.Network.AllowPrivateNetworks));
        Assert.Equal([TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(2)], settings.RetrySchedule);
        Assert.Equal(
            ["10.1.0.0/16", "127.0.0.1/32", "fd12:3456::/48", "::1/128"],
            settings.Network.AllowedNetworks.Select(it => it.ToString()));
    }

    [Theory]
    [InlineData("1s,2s,3s")]
    [InlineData(" 1s ; 2s;3s ")]
    public void List_can_be_written_as_one_text(string text)
    {
        Set(Schedule, text);

        Assert.Equal([1, 2, 3], Start().Current.RetrySchedule.Select(it => it.TotalSeconds));
    }

    [Fact]
    public void List_of_a_later_source_replaces_the_whole_earlier_list()
    {
        Set($"{Schedule}:0", "1s", source: 0);
        Set($"{Schedule}:1", "2s", source: 0);
        Set($"{Networks}:0", "10.0.0.0/8", source: 0);
        Set($"{Networks}:1", "192.168.0.0/16", source: 0);
        Set($"{Schedule}:0", "9s", source: 1);
        Set(Networks, "10.1.0.0/16", source: 1);

        var settings = Start().Current;

        Assert.Equal([TimeSpan.FromSeconds(9)], settings.RetrySchedule);
        Assert.Equal(["10.1.0.0/16"], settings.Network.AllowedNetworks.Select(it => it.ToString()));
    }

    [Fact]
    public void Empty_list_of_a_later_source_replaces_an_earlier_one()
    {
        Set($"{Schedule}:0", "1s", source: 0);
        Set($"{Networks}:0", "10.0.0.0/8", source: 0);
        Set(Schedule, "", source: 1);
        Set(Networks, "", source: 1);

        var settings = Start().Current;

        Assert.Equal(new DeliverySettings().RetrySchedule, settings.RetrySchedule);
        Assert.Empty(settings.Network.AllowedNetworks);
    }

    [Fact]
    public void Empty_text_above_the_items_of_the_same_source_is_ignored()
    {
        Set($"{Networks}:0", "10.0.0.0/8");
        Set(Networks, "");

        Assert.Single(Start().Current.Network.AllowedNetworks);
    }

    [Fact]
    public void More_than_ten_waits_keep_their_order()
    {
        for (var index = 0; index < 12; index++)
        {
            Set($"{Schedule}:{index}", $"{index + 1}s");
        }

        Assert.Equal(Enumerable.Range(1, 12), Start().Current.RetrySchedule.Select(it => (int)it.TotalSeconds));
    }

    [Fact]
    public void All_errors_are_listed_together_with_their_keys()
    {
        Set($"{Schedule}:0", "5s");
        Set($"{Schedule}:1", "24:00:00");
        Set($"{Schedule}:2", "0s");
        Set($"{Schedule}:3", "31d");
        Set($"{Schedule}:4", "");
        Set(Timeout, "2h");
        Set(Concurrency, "0");
        Set(Private, "yes");
        Set($"{Networks}:0", "10.0.0.1/8");
        Set($"{Networks}:1", "169.254.169.254");

        var exception = Assert.Throws<OptionsValidationException>(Start);

        Assert.Equal(
            [
                $"{Schedule}:1 is ambiguous: hours end at 23, so .NET would read 24 days. Write 24h, or 1.00:00:00.",
                $"{Schedule}:2 must be greater than 0.",
                $"{Schedule}:3 must be at most 30.00:00:00.",
                $"{Schedule}:4 must be a duration such as 15s, 5m, 48h, 30d or 1.12:30:00.",
                $"{Timeout} must be at most 01:00:00.",
                $"{Concurrency} must be a whole number from 1 to 1000.",
                $"{Private} must be true or false.",
                $"{Networks}:0 {HowToNetwork}",
                $"{Networks}:1 is always refused: deliveries never go to link-local, multicast, reserved or metadata addresses.",
            ],
            exception.Failures);
    }

    [Theory]
    [InlineData("10")]
    [InlineData("10.1")]
    [InlineData("010.0.0.1")]
    [InlineData("0x0a.0.0.1")]
    [InlineData("10.0.0.0/33")]
    [InlineData("10.0.0.0/")]
    [InlineData("10.0.0.0/-1")]
    [InlineData("10/8")]
    [InlineData("[::1]")]
    [InlineData("fe80::1%1")]
    [InlineData("::ffff:10.0.0.1")]
    [InlineData("localhost")]
    [InlineData("*")]
    public void Network_must_be_in_canonical_form(string text)
    {
        Set(Networks, text);

        Assert.Equal($"{Networks}:0 {HowToNetwork}", Assert.Single(Assert.Throws<OptionsValidationException>(Start).Failures));
    }

    [Theory]
    [InlineData("1.5")]
    [InlineData("-1")]
    [InlineData("1001")]
    [InlineData("99999999999")]
    public void Concurrency_must_be_a_whole_number_within_its_range(string text)
    {
        Set(Concurrency, text);

        Assert.Contains(Concurrency, Assert.Single(Assert.Throws<OptionsValidationException>(Start).Failures), StringComparison.Ordinal);
    }

    [Fact]
    public void Schedule_length_is_limited()
    {
        Set(Schedule, string.Join(',', Enumerable.Repeat("1s", 101)));

        Assert.Equal(
            $"{Schedule} must have at most 100 durations.",
            Assert.Single(Assert.Throws<OptionsValidationException>(Start).Failures));
    }

    [Fact]
    public void Change_takes_effect_without_a_restart_and_an_invalid_one_changes_nothing()
    {
        var live = Start();

        Set(Schedule, "1s");
        Set(Private, "true");
        _configuration.Reload();
        var valid = live.Current;
        Set(Schedule, "soon");
        Set(Private, "false");
        _configuration.Reload();

        Assert.Equal([TimeSpan.FromSeconds(1)], valid.RetrySchedule);
        Assert.True(valid.Network.AllowPrivateNetworks);
        Assert.Same(valid, live.Current);
        Assert.Equal(1203, _log.Entries[^1].Id);
        Assert.Contains(Schedule, _log.Entries[^1].Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Section_can_be_passed_as_a_configuration()
    {
        Set("App:Scouthook:Delivery:RetrySchedule:0", "1s", source: 0);

        _settings = SomeSettings.Of(_configuration.GetSection("App"));

        Assert.Equal([TimeSpan.FromSeconds(1)], new LiveDeliverySettings(_settings).Current.RetrySchedule);
    }

    [Theory]
    [InlineData("Scouthook:Delivery:TimeOut:0", "5s", "must be a single value")]
    [InlineData("Scouthook:Delivery:Retries", "5", "is not a setting")]
    [InlineData("Scouthook:Delivery", "5", "must be a section, not a value")]
    [InlineData("Scouthook:Deliveries:Timeout", "5s", "is not a setting")]
    public void Setting_without_effect_is_rejected(string key, string value, string what)
    {
        Set(key, value);

        Assert.Contains(what, Assert.Single(Assert.Throws<OptionsValidationException>(Start).Failures), StringComparison.Ordinal);
    }

    private void Set(string key, string value, int source = 1) =>
        _configuration.Providers.OfType<MemoryConfigurationProvider>().ElementAt(source).Set(key, value);

    private LiveDeliverySettings Start()
    {
        _settings = SomeSettings.Of(_configuration, _log);
        return new LiveDeliverySettings(_settings);
    }
}
