using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Scouthook.Inbox.Model;

namespace Scouthook.Gateway.Api.Contracts;

/// <summary>An event with the headers it came with.</summary>
internal sealed record EventDetailJson : EventJson
{
    [SetsRequiredMembers]
    public EventDetailJson(StoredEvent stored, JsonElement headers)
        : base(From(stored)) =>
        Headers =
        [
            .. headers.EnumerateArray().Select(pair => new HeaderJson(pair[0].GetString()!, pair[1].GetString()!)),
        ];

    /// <summary>The request's headers in the order received.</summary>
    public IReadOnlyList<HeaderJson> Headers { get; }
}
