using System.Net;
using Scouthook.Inbox.Delivering.Network;
using Scouthook.Settings;

namespace Scouthook.Inbox.Configuring;

/// <summary>Validates the options of delivery.</summary>
internal static class DeliverySettingsReader
{
    public const int LargestConcurrency = 1_000;

    public static readonly TimeSpan LongestWait = TimeSpan.FromDays(30);

    private const string RetryScheduleKey = $"{InboxSection.Delivery}:RetrySchedule";
    private const int MaxWaits = 100;

    private static readonly DeliverySettings Defaults = new();

    public static DeliverySettings Read(DeliveryOptions options, SettingsDraft draft)
    {
        draft.Check(
            RetryScheduleKey,
            options.RetrySchedule.Count > MaxWaits ? $"must have at most {MaxWaits} durations." : null);
        foreach (var (index, wait) in options.RetrySchedule.Index())
        {
            draft.Check($"{RetryScheduleKey}:{index}", SettingsRules.DurationProblem(wait, LongestWait));
        }

        draft.Check(
            $"{InboxSection.Delivery}:Timeout", SettingsRules.DurationProblem(options.Timeout, SettingsRules.Hour));
        draft.Check(
            $"{InboxSection.Delivery}:Concurrency",
            SettingsRules.NumberProblem(options.Concurrency, 1, LargestConcurrency));
        return new DeliverySettings
        {
            RetrySchedule = options.RetrySchedule.Count == 0 ? Defaults.RetrySchedule : [.. options.RetrySchedule],
            Timeout = options.Timeout,
            Concurrency = options.Concurrency,
            Network = new NetworkPolicy
            {
                AllowPrivateNetworks = options.AllowPrivateNetworks,
                AllowedNetworks = Networks(options.AllowedNetworks, draft),
            },
        };
    }

    private static List<IPNetwork> Networks(IList<string> texts, SettingsDraft draft)
    {
        var networks = new List<IPNetwork>();
        foreach (var (index, text) in texts.Index())
        {
            if (NetworkText.TryRead(text, out var network, out var problem))
            {
                networks.Add(network);
            }
            else
            {
                draft.Check($"{NetworkPolicy.AllowedNetworksKey}:{index}", problem);
            }
        }

        return networks;
    }
}
