namespace Scouthook.Management.Services.Views;

/// <summary>The result of one health check.</summary>
internal sealed record HealthEntryView(string Status, string? Detail);
