using System.Text;

namespace Scouthook.Inbox.PostgreSql;

/// <summary>The signals of a commit: to the stages of this node at once, and to other nodes by a notification.</summary>
internal sealed class PostgreSqlSignals
{
    private const int MaxDue = 64;

    public bool Events { get; set; }

    public bool Endpoints { get; set; }

    public bool Replays { get; set; }

    public bool SourceSecrets { get; set; }

    public bool Changed { get; set; }

    public HashSet<Guid> Due { get; } = [];

    /// <summary>True if more endpoints have due deliveries than a notification holds.</summary>
    public bool IsTooMany => Due.Count > MaxDue;

    public bool IsEmpty => !(Events || Endpoints || Replays || SourceSecrets || Changed) && Due.Count == 0;

    public void Add(PostgreSqlSignals other)
    {
        Events |= other.Events;
        Endpoints |= other.Endpoints;
        Replays |= other.Replays;
        SourceSecrets |= other.SourceSecrets;
        Changed |= other.Changed;
        Due.UnionWith(other.Due);
    }

    public void RaiseOn(StoreSignal signal)
    {
        if (Events)
        {
            signal.Events.Set();
        }

        if (Endpoints)
        {
            signal.Endpoints.Set();
        }

        if (Replays)
        {
            signal.Replays.Set();
        }

        if (SourceSecrets)
        {
            signal.SourceSecrets.Set();
        }

        if (Changed || Events)
        {
            signal.Change();
        }

        foreach (var endpoint in Due)
        {
            signal.Due(endpoint);
        }

        signal.Commit();
    }

    /// <summary>Writes them as the payload of a notification, which is limited to 8,000 bytes.</summary>
    public string Write(Guid node)
    {
        var text = new StringBuilder(node.ToString("N")).Append(' ');
        Mark(Events, 'e');
        Mark(Endpoints, 'p');
        Mark(Replays, 'r');
        Mark(SourceSecrets, 's');
        Mark(Changed, 'c');
        foreach (var endpoint in Due.Take(MaxDue))
        {
            text.Append(' ').Append(endpoint.ToString("N"));
        }

        return text.ToString();

        void Mark(bool isSet, char mark)
        {
            if (isSet)
            {
                text.Append(mark);
            }
        }
    }

    /// <returns><see langword="null"/> if the text is not a payload, or one of this node.</returns>
    public static PostgreSqlSignals? Read(string payload, Guid node)
    {
        var parts = payload.Split(' ');
        if (parts.Length < 2 || !Guid.TryParseExact(parts[0], "N", out var sender) || sender == node)
        {
            return null;
        }

        var signals = new PostgreSqlSignals
        {
            Events = parts[1].Contains('e', StringComparison.Ordinal),
            Endpoints = parts[1].Contains('p', StringComparison.Ordinal),
            Replays = parts[1].Contains('r', StringComparison.Ordinal),
            SourceSecrets = parts[1].Contains('s', StringComparison.Ordinal),
            Changed = parts[1].Contains('c', StringComparison.Ordinal),
        };
        foreach (var part in parts.Skip(2))
        {
            if (Guid.TryParseExact(part, "N", out var endpoint))
            {
                signals.Due.Add(endpoint);
            }
        }

        return signals;
    }
}
