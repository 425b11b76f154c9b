using System.Collections.Concurrent;
using System.Globalization;
using Scouthook.Inbox.Model;

namespace Scouthook.Inbox.Reconciling;

/// <summary>Remembers which declarations of other nodes differ from those of this one.</summary>
internal sealed class DeclarationDisputes
{
    private readonly ConcurrentDictionary<EndpointOrigin, string> _found = new();

    /// <summary>The disputes, in sentences for an operator; <see langword="null"/> without any.</summary>
    public string? Description => _found.IsEmpty ? null : string.Join(' ', _found.OrderBy(item => item.Key).Select(item => item.Value));

    /// <param name="origin">What was declared.</param>
    /// <param name="by">Who declares it, in words.</param>
    /// <param name="result">The outcome.</param>
    public void Note(EndpointOrigin origin, string by, DeclarationResult result)
    {
        if (!result.IsDisputed)
        {
            _found.TryRemove(origin, out _);
            return;
        }

        var since = result.NewestSeenAt.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        _found[origin] = result.Outcome is DeclarationOutcome.Applied
            ? $"Another node declares other endpoints than {by} on this node. Those of this node are in force, since {since}: the newest declaration is, as a whole."
            : $"Another node has declared newer endpoints, which are in force since {since}. Those that {by} declares on this node are not.";
    }
}
