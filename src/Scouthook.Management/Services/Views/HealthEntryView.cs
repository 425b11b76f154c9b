using System.ComponentModel.DataAnnotations;

namespace Scouthook.Management.Services.Views;

/// <summary>The result of one health check.</summary>
/// <param name="Status"><c>ready</c>, <c>degraded</c> or <c>notReady</c>.</param>
/// <param name="Detail">The reason, if there is one.</param>
internal sealed record HealthEntryView([property: AllowedValues("ready", "degraded", "notReady")] string Status, string? Detail);
