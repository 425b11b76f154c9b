using System.Text.Json.Serialization;
using Scouthook.Json;

namespace Scouthook.Payloads;

/// <summary>Source-generated JSON metadata of all payload types: no reflection at run time.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    NumberHandling = JsonNumberHandling.Strict,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    Converters = [typeof(InstantConverter)])]
[JsonSerializable(typeof(Person))]
[JsonSerializable(typeof(Conversation))]
[JsonSerializable(typeof(Customer))]
[JsonSerializable(typeof(Rating))]
[JsonSerializable(typeof(BeaconChat))]
[JsonSerializable(typeof(Tag))]
[JsonSerializable(typeof(Organization))]
[JsonSerializable(typeof(UserStatus))]
[JsonSerializable(typeof(SurveyResponse))]
[JsonSerializable(typeof(DeletedResource))]
internal sealed partial class HelpScoutJsonContext : JsonSerializerContext;
