using System.Globalization;
using System.Text.Json.Nodes;
using Scouthook.Events;

namespace Scouthook.Management.Services.Views;

/// <summary>The resource that an event is about: ids are numbers, those of chats text.</summary>
/// <param name="Kind">The kind of resource.</param>
/// <param name="Id">Its id in Help Scout: a number, or for a chat text.</param>
internal sealed record ResourceView([property: KnownTexts(typeof(ResourceKind))] string Kind, JsonValue Id)
{
    public static ResourceView From(ResourceReference resource) => new(
        ResourceReference.KindText(resource.Kind),
        resource.Kind is ResourceKind.Chat
            ? JsonValue.Create(resource.Id)
            : JsonValue.Create(long.Parse(resource.Id, CultureInfo.InvariantCulture)));
}
