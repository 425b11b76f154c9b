using Scouthook.Events;

namespace Scouthook.Management.Services.Views;

/// <summary>An event type of Help Scout.</summary>
/// <param name="Name">Its wire name.</param>
/// <param name="Message">The name of its message in the AsyncAPI contract.</param>
/// <param name="ResourceKind">The kind of resource.</param>
/// <param name="IsDeletion">Whether it reports the deletion of the resource.</param>
internal sealed record EventTypeView(string Name, string Message, [property: KnownTexts(typeof(ResourceKind))] string? ResourceKind, bool IsDeletion)
{
    public static EventTypeView From(HelpScoutEventType type) => new(
        type.Name,
        type.MessageName,
        type.Resource is { } kind ? ResourceReference.KindText(kind) : null,
        type.IsDeletion);
}
