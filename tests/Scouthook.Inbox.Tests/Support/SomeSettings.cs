using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Scouthook.Inbox.Configuring;
using Scouthook.Settings;

namespace Scouthook.Inbox.Tests.Support;

/// <summary>The settings of an app that has only an inbox.</summary>
internal static class SomeSettings
{
    public static SettingsMonitor Of(IConfiguration? configuration = null, ILogger<SettingsMonitor>? log = null) => new(
        configuration ?? new ConfigurationBuilder().Build(),
        new PlainConfigurationSources(),
        [new InboxSection(new OptionsPipeline<InboxOptions>([], [], [], []))],
        new FakeTimeProvider(),
        log ?? NullLogger<SettingsMonitor>.Instance);
}
