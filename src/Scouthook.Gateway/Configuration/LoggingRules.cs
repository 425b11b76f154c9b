using System.Globalization;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;
using Microsoft.Extensions.Options;

namespace Scouthook.Gateway.Configuration;

/// <summary>Checks the section <c>Logging</c>, which the framework reads.</summary>
/// <remarks>
/// The framework throws at an invalid value: at startup without the key, and at a reload on the thread that detected the
/// change, which would end the process.
/// </remarks>
internal static class LoggingRules
{
    private const string Section = "Logging";

    /// <returns>The first mistake; <see langword="null"/> if the section can be applied.</returns>
    public static string? Mistake(IConfiguration configuration)
    {
        var logging = configuration.GetSection(Section);
        var levels = logging.GetChildren().Select(child => child.GetSection("LogLevel")).Prepend(logging.GetSection("LogLevel"));
        foreach (var level in levels.SelectMany(section => section.GetChildren()))
        {
            if (level.Value is { Length: > 0 } value && !Enum.TryParse<LogLevel>(value, ignoreCase: true, out _))
            {
                return $"{level.Path} is \"{value}\". It must be one of {string.Join(", ", Enum.GetNames<LogLevel>())}.";
            }
        }

        return MistakeOfConsole(logging);
    }

    /// <summary>Reads the settings of the console as the framework does.</summary>
    private static string? MistakeOfConsole(IConfigurationSection logging)
    {
        try
        {
            using var services = new ServiceCollection()
                .AddLogging(builder => builder.AddConsole().AddConfiguration(logging))
                .BuildServiceProvider();
            _ = services.GetRequiredService<IOptions<ConsoleLoggerOptions>>().Value;
            foreach (var format in Formats(services))
            {
                _ = DateTimeOffset.UnixEpoch.ToString(format, CultureInfo.InvariantCulture);
            }

            return null;
        }
        catch (Exception exception)
        {
            return $"A setting in {Section}:Console is invalid: {exception.GetBaseException().Message}";
        }
    }

    private static IEnumerable<string?> Formats(ServiceProvider services) =>
    [
        services.GetRequiredService<IOptions<SimpleConsoleFormatterOptions>>().Value.TimestampFormat,
        services.GetRequiredService<IOptions<JsonConsoleFormatterOptions>>().Value.TimestampFormat,
        services.GetRequiredService<IOptions<ConsoleFormatterOptions>>().Value.TimestampFormat,
    ];
}
