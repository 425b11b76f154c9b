using System.Collections;
using Scouthook.Payloads;

namespace Scouthook.Testing.Tests.Emulating.Account;

/// <summary>Finds the members of a body that no property of the payload types has.</summary>
internal static class UnmodelledMembers
{
    public static IEnumerable<string> Of(HelpScoutPayload payload)
    {
        foreach (var name in payload.ExtensionData?.Keys ?? [])
        {
            yield return $"{payload.GetType().Name}.{name}";
        }

        foreach (var property in payload.GetType().GetProperties().Where(property => property.Name != nameof(payload.ExtensionData)))
        {
            var inner = property.GetValue(payload) switch
            {
                HelpScoutPayload single => [single],
                string => [],
                IEnumerable items => items.OfType<HelpScoutPayload>(),
                _ => Enumerable.Empty<HelpScoutPayload>(),
            };
            foreach (var name in inner.SelectMany(Of))
            {
                yield return name;
            }
        }
    }
}
