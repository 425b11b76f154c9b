using System.Text.Json;
using System.Text.Json.Serialization;

namespace Scouthook.Payloads;

/// <summary>The base of every object in a Help Scout body: members unknown to this version are kept.</summary>
/// <remarks>
/// Help Scout adds members without notice and leaves out members that have no value. So every scalar member of a
/// payload except the id used for routing is nullable, and every list is empty rather than <see langword="null"/> when
/// the member is absent, <c>null</c> or empty. Text is never printed by <see cref="ToString"/>: payloads contain
/// personal data.
/// </remarks>
public abstract record HelpScoutPayload : IJsonOnDeserialized
{
    /// <summary>
    /// Members of the JSON object that this version of Scouthook has no property for, and the raw values of members that
    /// it could not read.
    /// </summary>
    /// <value><see langword="null"/> when there are none.</value>
    /// <remarks>See <see cref="Scouthook.Events.HelpScoutEvent.UnreadMembers"/>.</remarks>
    [JsonExtensionData]
    public IDictionary<string, JsonElement>? ExtensionData { get; set; }

    /// <summary>Returns the name of the type, and none of its content.</summary>
    /// <returns>The name of the type.</returns>
    public sealed override string ToString() => GetType().Name;

    /// <summary>Moves raw values kept beside a property to the name of that property.</summary>
    void IJsonOnDeserialized.OnDeserialized()
    {
        if (ExtensionData is not { } members)
        {
            return;
        }

        foreach (var name in members.Keys.Where(name => name.StartsWith(PayloadRepair.Mark, StringComparison.Ordinal)).ToList())
        {
            members.Remove(name, out var raw);
            members[name[PayloadRepair.Mark.Length..]] = raw;
        }
    }
}
