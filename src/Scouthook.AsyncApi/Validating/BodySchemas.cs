using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using Json.Schema;
using Scouthook.AsyncApi.Model;
using Scouthook.AsyncApi.Rendering;

namespace Scouthook.AsyncApi.Validating;

/// <summary>The schemas of the contract, ready to check bodies.</summary>
/// <remarks>
/// JsonSchema.Net decides whether a body is valid; <see cref="Explanation"/> only describes its findings. The
/// registries are separate, since the global ones belong to the app.
/// </remarks>
internal static class BodySchemas
{
    private static readonly JsonObject Bundle = SchemaBundle.Render(Contract.HelpScout);

    private static readonly FrozenDictionary<string, JsonSchema> ByPayload = Build();

    private static readonly EvaluationOptions Options = new()
    {
        OutputFormat = OutputFormat.List,
        RequireFormatValidation = true,
        FormatRegistry = BodyFormats.Registry,
    };

    public static ImmutableArray<Violation> Validate(string payload, JsonElement body)
    {
        var results = ByPayload[payload].Evaluate(body, Options);
        if (results.IsValid)
        {
            return [];
        }

        var failures = (results.Details ?? [])
            .Where(result => result.Errors is { Count: > 0 })
            .Select(result => (Pointer: result.InstanceLocation.ToString(), Keywords: result.Errors!.Keys.AsEnumerable()));
        return Explanation.Of(Bundle, payload, body, failures);
    }

    /// <summary>
    /// Returns the payload with the most members of a body, minus the required members that the body lacks.
    /// </summary>
    public static string? FindClosest(JsonElement body)
    {
        if (body.ValueKind != JsonValueKind.Object)
        {
            return null;
        }

        var members = body.EnumerateObject().Select(member => member.Name).ToHashSet(StringComparer.Ordinal);
        return ByPayload.Keys
            .Select(payload => (Payload: payload, Schema: Bundle["$defs"]![payload]!))
            .Select(candidate => (
                candidate.Payload,
                Known: candidate.Schema["properties"]!.AsObject().Count(member => members.Contains(member.Key)),
                Missing: candidate.Schema["required"]?.AsArray().Count(name => !members.Contains(name!.GetValue<string>())) ?? 0))
            .Where(candidate => candidate.Known > 0)
            .OrderByDescending(candidate => candidate.Known - candidate.Missing)
            .ThenBy(candidate => candidate.Payload, StringComparer.Ordinal)
            .Select(candidate => candidate.Payload)
            .FirstOrDefault();
    }

    private static FrozenDictionary<string, JsonSchema> Build()
    {
        var options = new BuildOptions { SchemaRegistry = new SchemaRegistry() };
        _ = JsonSchema.FromText(WithStrictEnds(Bundle), options);
        return Contract.HelpScout.Messages
            .Select(message => message.Payload["$ref"]!.GetValue<string>())
            .Distinct()
            .Select(Schemas.SchemaName.Of)
            .ToFrozenDictionary(
                payload => payload,
                payload => JsonSchema.FromText(
                    new JsonObject { ["$ref"] = $"{ContractText.SchemaId}#/$defs/{payload}" }.ToJsonString(), options),
                StringComparer.Ordinal);
    }

    /// <summary>In JavaScript <c>$</c> is the end of the text; in .NET a line break may follow it.</summary>
    private static string WithStrictEnds(JsonObject bundle)
    {
        var copy = bundle.DeepClone().AsObject();
        foreach (var member in copy["$defs"]!.AsObject().SelectMany(type => type.Value!["properties"]?.AsObject() ?? []))
        {
            if (member.Value!["pattern"]?.GetValue<string>() is { } pattern && pattern.EndsWith('$'))
            {
                member.Value["pattern"] = pattern[..^1] + @"(?![\s\S])";
            }
        }

        return copy.ToJsonString();
    }
}
