namespace Scouthook.Management.Services.Views;

/// <summary>One of the checks.</summary>
internal sealed record HealthEntryView(string Status, string? Detail);
