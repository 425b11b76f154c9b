using Microsoft.Extensions.Logging;

namespace Scouthook.AspNetCore.Tests.Support;

/// <summary>One log message with everything a sink could print.</summary>
internal sealed record LogEntry(string Category, LogLevel Level, int Id, string Text);
