using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Mvc;
using Scouthook.Management.Services.Views.Sources;

namespace Scouthook.Management.Services.Views;

/// <summary>Source-generated JSON metadata of the responses of the management API.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    Converters = [typeof(InstantJsonConverter)])]
[JsonSerializable(typeof(PageView<EventView>))]
[JsonSerializable(typeof(PageView<SourceView>))]
[JsonSerializable(typeof(SecretView))]
[JsonSerializable(typeof(EventDetailView))]
[JsonSerializable(typeof(PageView<EndpointView>))]
[JsonSerializable(typeof(PageView<DeliveryView>))]
[JsonSerializable(typeof(PageView<ReplayView>))]
[JsonSerializable(typeof(PageView<KeyView>))]
[JsonSerializable(typeof(PageView<AuditView>))]
[JsonSerializable(typeof(PageView<EventTypeView>))]
[JsonSerializable(typeof(StatisticsView))]
[JsonSerializable(typeof(AttemptChangeView))]
[JsonSerializable(typeof(DeliveryDetailView))]
[JsonSerializable(typeof(HealthView))]
[JsonSerializable(typeof(ReadyView))]
[JsonSerializable(typeof(ProblemDetails))]
[JsonSerializable(typeof(string[]))]
internal sealed partial class ManagementJsonContext : JsonSerializerContext;
