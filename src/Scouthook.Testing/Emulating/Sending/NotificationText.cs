using System.Text.Json.Nodes;

namespace Scouthook.Testing;

/// <summary>Writes the assumed body of a webhook in notification mode.</summary>
internal static class NotificationText
{
    public static string Create(Uri resource) =>
        new JsonObject { ["_links"] = new JsonObject { ["self"] = new JsonObject { ["href"] = resource.AbsoluteUri } } }
            .ToJsonString();
}
