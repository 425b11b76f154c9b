using Microsoft.Extensions.Logging;

namespace Scouthook.AspNetCore.Configuring;

/// <summary>Log messages of configuring. Event ids stay what they are once released.</summary>
internal static partial class ConfiguringLog
{
    [LoggerMessage(
        1201, LogLevel.Information,
        "Source {Source} receives at {Path} and trusts {Secrets}")]
    public static partial void SourceReady(ILogger logger, string source, string path, string secrets);

    [LoggerMessage(1202, LogLevel.Information, "Settings were reloaded; {Count} sources are in force")]
    public static partial void Reloaded(ILogger logger, int count);

    [LoggerMessage(
        1203, LogLevel.Error,
        "The changed configuration is not valid and was not taken; the last valid settings stay. {Mistakes}")]
    public static partial void ReloadRefused(ILogger logger, string mistakes);

    [LoggerMessage(
        1204, LogLevel.Error,
        "The configuration file {File} cannot be read ({Problem}); the last valid settings stay")]
    public static partial void FileUnreadable(ILogger logger, string? file, string problem);
}
