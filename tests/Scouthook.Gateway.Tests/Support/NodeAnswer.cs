namespace Scouthook.Gateway.Tests.Support;

/// <summary>What a node answered to a request.</summary>
/// <param name="Node">Which node.</param>
/// <param name="StartedAt">When the request began, as a timestamp.</param>
/// <param name="EndedAt">When it ended.</param>
/// <param name="Status">The status; <see langword="null"/> without an answer.</param>
internal readonly record struct NodeAnswer(int Node, long StartedAt, long EndedAt, int? Status);
