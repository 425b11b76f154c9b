using Scouthook.Inbox.Model;

namespace Scouthook.Gateway.Managing;

/// <summary>The outcome of a test event.</summary>
/// <param name="Outcome"><see cref="EndpointOutcome.Done"/> if there is an attempt to show, whatever came of it.</param>
/// <param name="Attempt">The attempt; without readable secrets nothing was sent.</param>
internal readonly record struct EndpointTest(EndpointOutcome Outcome, Attempt? Attempt = null);
