using Scouthook.Cli.Suggesting;
using Scouthook.Events;
using Scouthook.Inbox.Model;

namespace Scouthook.Cli.CommandLine;

/// <summary>Notes that a pattern matches no known event type, which is a typing error more often than a new type.</summary>
internal static class EventPatternNotes
{
    private const int MaxSuggestions = 3;

    private static readonly string[] Operational =
    [
        OperationalEvent.EndpointDisabled, OperationalEvent.DeadLettered, OperationalEvent.SignatureFailures, OperationalEvent.SourceSilent,
        OperationalEvent.WebhookDisabled, OperationalEvent.WebhookChanged, OperationalEvent.KeysUnreadable, OperationalEvent.DiskLow,
        OperationalEvent.ClockJumped, OperationalEvent.ConnectionsRefused,
    ];

    /// <summary>Every known event type, family and group.</summary>
    public static IReadOnlyList<string> Known { get; } =
    [
        .. HelpScoutEventCatalog.All.Select(type => type.Name),
        .. HelpScoutEventCatalog.Families,
        .. Types().Select(name => name[..(name.IndexOf('.') + 1)] + "*").Distinct(),
        EventPattern.Everything,
        .. Operational,
    ];

    /// <summary>Writes a note on standard error for each pattern of a list that matches nothing known.</summary>
    /// <param name="list">Patterns separated by commas; <see langword="null"/> for none.</param>
    public static void Write(string? list)
    {
        foreach (var pattern in (list ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (EventPattern.IsValid(pattern) && !Types().Any(name => EventPattern.Matches(pattern, name)))
            {
                var near = NearestNames.Of(pattern, Known, MaxSuggestions);
                StandardOutput.TryWriteError(
                    $"Note: {Visible(pattern)} matches no known event type."
                    + (near.Count == 0 ? "" : $" Did you mean {string.Join(", ", near)}?"));
            }
        }
    }

    private static IEnumerable<string> Types() => HelpScoutEventCatalog.All.Select(type => type.Name).Concat(Operational);

    private static string Visible(string text) => string.Concat(text.Where(character => !char.IsControl(character)));
}
