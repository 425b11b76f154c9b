using System.Text.Json.Nodes;

namespace Scouthook.Inbox.Model;

/// <summary>Formats values for operational events.</summary>
internal static class OperationalFacts
{
    public static JsonObject Of(WebhookEndpoint endpoint) => new()
    {
        ["id"] = endpoint.Id,
        ["name"] = endpoint.Name,
        ["kind"] = EndpointKindText.From(endpoint.Definition.Kind),
    };
}
