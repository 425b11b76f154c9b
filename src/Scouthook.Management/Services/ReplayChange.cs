using Scouthook.Inbox.Model;
using Scouthook.Management.Services.Views;

namespace Scouthook.Management.Services;

/// <summary>The outcome of a request for a replay.</summary>
/// <param name="Outcome">The outcome.</param>
/// <param name="Replay">The replay; <see langword="null"/> if there is none.</param>
/// <param name="Invalid">The invalid member, if the request was rejected before the store was accessed.</param>
internal readonly record struct ReplayChange(ReplayOutcome Outcome, ReplayView? Replay = null, InvalidMember? Invalid = null);
