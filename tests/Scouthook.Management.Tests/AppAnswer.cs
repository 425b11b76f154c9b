using System.Text.Json.Serialization;

namespace Scouthook.Management.Tests;

/// <summary>What the app answers on a route of its own.</summary>
internal sealed record AppAnswer(DateTimeOffset CreatedAt);

[JsonSerializable(typeof(AppAnswer))]
internal sealed partial class AppJsonContext : JsonSerializerContext;
