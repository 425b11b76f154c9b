using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Mvc;

namespace Scouthook.Management.Problems;

/// <summary>Source-generated JSON metadata of problem details.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(ProblemDetails))]
internal sealed partial class ProblemJsonContext : JsonSerializerContext;
