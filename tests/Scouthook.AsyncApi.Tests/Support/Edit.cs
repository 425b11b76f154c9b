using System.Text.Json.Nodes;

namespace Scouthook.AsyncApi.Tests.Support;

/// <summary>Applies an edit as <c>answer.mjs</c> does.</summary>
internal static class Edit
{
    public static JsonNode? Apply(JsonNode body, JsonObject edit)
    {
        JsonNode root = new JsonObject { ["body"] = body.DeepClone() };
        var holder = root;
        JsonNode key = "body";
        foreach (var step in edit["path"]!.AsArray())
        {
            holder = Child(holder, key);
            key = step!;
        }

        if (edit.ContainsKey("remove"))
        {
            holder.AsObject().Remove(key.GetValue<string>());
        }
        else if (holder is JsonArray items)
        {
            items[key.GetValue<int>()] = edit["value"]?.DeepClone();
        }
        else
        {
            holder.AsObject()[key.GetValue<string>()] = edit["value"]?.DeepClone();
        }

        return root["body"];
    }

    private static JsonNode Child(JsonNode holder, JsonNode key) =>
        (holder is JsonArray items ? items[key.GetValue<int>()] : holder[key.GetValue<string>()])!;
}
