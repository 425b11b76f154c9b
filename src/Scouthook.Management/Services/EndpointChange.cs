using Scouthook.Inbox.Model;
using Scouthook.Management.Services.Views;

namespace Scouthook.Management.Services;

/// <summary>The outcome of a request to change an endpoint.</summary>
/// <param name="Outcome">The outcome.</param>
/// <param name="Endpoint">The endpoint after the change; <see langword="null"/> if there is none.</param>
/// <param name="Invalid">The invalid member, if the request was rejected before the store was accessed.</param>
internal readonly record struct EndpointChange(
    EndpointOutcome Outcome, EndpointView? Endpoint = null, InvalidMember? Invalid = null);
