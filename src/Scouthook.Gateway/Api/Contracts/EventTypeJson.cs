using Scouthook.Events;

namespace Scouthook.Gateway.Api.Contracts;

/// <summary>An event type on the wire.</summary>
internal sealed record EventTypeJson(string Name, string Message, string? ResourceKind, bool IsDeletion)
{
    public static EventTypeJson From(HelpScoutEventType type) => new(
        type.Name,
        type.MessageName,
        type.Resource is { } kind ? ResourceReference.KindText(kind) : null,
        type.IsDeletion);
}
