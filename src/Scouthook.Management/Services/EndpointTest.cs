using Scouthook.Inbox.Model;
using Scouthook.Management.Services.Views;

namespace Scouthook.Management.Services;

/// <summary>The outcome of sending a test event.</summary>
/// <param name="Outcome"><see cref="EndpointOutcome.Done"/> if there is an attempt to show, however it ended.</param>
/// <param name="Attempt">The attempt; without readable secrets nothing was sent.</param>
internal readonly record struct EndpointTest(EndpointOutcome Outcome, AttemptView? Attempt = null);
