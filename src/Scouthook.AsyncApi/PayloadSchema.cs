using Scouthook.AsyncApi.Model;
using Scouthook.AsyncApi.Rendering;
using Scouthook.Events;

namespace Scouthook.AsyncApi;

/// <summary>The bodies of the contract as one JSON Schema, for generators and validators that do not read AsyncAPI.</summary>
/// <remarks>
/// Each payload type is a definition under <c>$defs</c>; the root maps event names to them. The schemas are those of
/// <see cref="AsyncApiDocument"/>.
/// </remarks>
public static class PayloadSchema
{
    /// <summary>Writes the schema.</summary>
    /// <returns>The text, indented, with <c>\n</c> as line break, ending with one.</returns>
    public static string ToJson()
    {
        ReleaseCheck.Require(typeof(HelpScoutEventType).Assembly);

        return JsonText.Write(SchemaBundle.Render(Contract.HelpScout));
    }
}
