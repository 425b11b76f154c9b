using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Mvc;

namespace Scouthook.Gateway.Api.Contracts;

/// <summary>Source-generated JSON metadata of what the management API answers.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    Converters = [typeof(InstantJsonConverter)])]
[JsonSerializable(typeof(PageJson<EventJson>))]
[JsonSerializable(typeof(PageJson<SourceJson>))]
[JsonSerializable(typeof(EventDetailJson))]
[JsonSerializable(typeof(PageJson<EndpointJson>))]
[JsonSerializable(typeof(PageJson<DeliveryJson>))]
[JsonSerializable(typeof(PageJson<ReplayJson>))]
[JsonSerializable(typeof(PageJson<KeyJson>))]
[JsonSerializable(typeof(PageJson<AuditJson>))]
[JsonSerializable(typeof(PageJson<EventTypeJson>))]
[JsonSerializable(typeof(StatisticsJson))]
[JsonSerializable(typeof(AttemptChangeJson))]
[JsonSerializable(typeof(DeliveryDetailJson))]
[JsonSerializable(typeof(HealthJson))]
[JsonSerializable(typeof(ReadyJson))]
[JsonSerializable(typeof(ProblemDetails))]
[JsonSerializable(typeof(string[]))]
internal sealed partial class GatewayJsonContext : JsonSerializerContext;
