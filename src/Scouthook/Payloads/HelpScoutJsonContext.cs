using System.Text.Json.Serialization;
using Scouthook.Payloads.Json;

namespace Scouthook.Payloads;

/// <summary>Source-generated JSON metadata of all payload types: no reflection at run time.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    NumberHandling = JsonNumberHandling.Strict,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    Converters = [typeof(InstantConverter)])]
[JsonSerializable(typeof(Person))]
internal sealed partial class HelpScoutJsonContext : JsonSerializerContext;
