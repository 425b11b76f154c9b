using Scouthook.Events;
using Scouthook.Inbox;
using Scouthook.Inbox.Model;
using Scouthook.Management.Authentication;

namespace Scouthook.Management.Services.Views;

/// <summary>Lists the values of a text that comes from an enum, for the OpenAPI document.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class KnownTextsAttribute : Attribute
{
    /// <param name="values">An enum with names in JSON.</param>
    public KnownTextsAttribute(Type values) => Texts = values switch
    {
        _ when values == typeof(ApiRole) => All<ApiRole>(RoleNames.From),
        _ when values == typeof(AttemptOutcome) => All<AttemptOutcome>(DeliveryText.From),
        _ when values == typeof(DeliveryState) => All<DeliveryState>(DeliveryText.From),
        _ when values == typeof(EndpointCondition) => All<EndpointCondition>(DeliveryText.From),
        _ when values == typeof(EndpointOrdering) => All<EndpointOrdering>(DeliveryText.From),
        _ when values == typeof(EndpointState) => All<EndpointState>(DeliveryText.From),
        _ when values == typeof(EventState) => All<EventState>(StateText.From),
        _ when values == typeof(ReplayState) => All<ReplayState>(DeliveryText.From),
        _ when values == typeof(ResourceKind) => All<ResourceKind>(ResourceReference.KindText),
        _ => throw new NotSupportedException($"{values} has no names in JSON."),
    };

    public IReadOnlyList<string> Texts { get; }

    private static string[] All<T>(Func<T, string> text)
        where T : struct, Enum => [.. Enum.GetValues<T>().Select(text)];
}
