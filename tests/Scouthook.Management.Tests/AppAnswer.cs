using System.Text.Json.Serialization;

namespace Scouthook.Management.Tests;

/// <summary>A response of the app's own route.</summary>
internal sealed record AppAnswer(DateTimeOffset CreatedAt);

[JsonSerializable(typeof(AppAnswer))]
internal sealed partial class AppJsonContext : JsonSerializerContext;
