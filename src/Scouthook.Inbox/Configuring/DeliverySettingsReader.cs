using System.Globalization;
using System.Net;
using Microsoft.Extensions.Configuration;
using Scouthook.Settings;

namespace Scouthook.Inbox.Configuring;

/// <summary>Reads the section <c>Scouthook:Delivery</c> and notes every mistake with its key.</summary>
internal sealed class DeliverySettingsReader(IConfiguration configuration, List<string> mistakes)
{
    public const string AllowPrivateNetworksKey = $"{Section}:AllowPrivateNetworks";
    public const string AllowedNetworksKey = $"{Section}:AllowedNetworks";

    public const int LargestConcurrency = 1_000;

    private const string Section = "Scouthook:Delivery";
    private const string RetryScheduleKey = $"{Section}:RetrySchedule";

    private const int MostWaits = 100;

    private static readonly TimeSpan LongestWait = TimeSpan.FromDays(30);
    private static readonly TimeSpan LongestTimeout = TimeSpan.FromHours(1);

    private static readonly DeliverySettings Defaults = new();

    public DeliverySettings Read() => new()
    {
        RetrySchedule = RetrySchedule(),
        Timeout = configuration[$"{Section}:Timeout"] is { Length: > 0 } text
            ? Duration($"{Section}:Timeout", text, LongestTimeout) ?? Defaults.Timeout
            : Defaults.Timeout,
        Concurrency = Concurrency($"{Section}:Concurrency"),
        AllowPrivateNetworks = Flag(AllowPrivateNetworksKey),
        AllowedNetworks = AllowedNetworks(),
    };

    private IReadOnlyList<TimeSpan> RetrySchedule()
    {
        var items = ListSetting.Read(configuration, RetryScheduleKey);
        if (items.Count > MostWaits)
        {
            mistakes.Add($"{RetryScheduleKey} must have at most {MostWaits} durations.");
            return Defaults.RetrySchedule;
        }

        return items.Count == 0
            ? Defaults.RetrySchedule
            : [.. items.Select(item => Duration(item.Key, item.Text, LongestWait)).OfType<TimeSpan>()];
    }

    private List<IPNetwork> AllowedNetworks()
    {
        var networks = new List<IPNetwork>();
        foreach (var (key, text) in ListSetting.Read(configuration, AllowedNetworksKey))
        {
            if (NetworkText.TryRead(text.Trim(), out var network, out var problem))
            {
                networks.Add(network);
            }
            else
            {
                mistakes.Add($"{key} {problem}");
            }
        }

        return networks;
    }

    private TimeSpan? Duration(string key, string text, TimeSpan longest)
    {
        if (!DurationText.TryRead(text, out var duration, out var problem))
        {
            mistakes.Add($"{key} {problem}");
            return null;
        }

        if (duration <= TimeSpan.Zero || duration > longest)
        {
            mistakes.Add(duration > longest ? $"{key} must be at most {longest:c}." : $"{key} must be more than 0.");
            return null;
        }

        return duration;
    }

    private int Concurrency(string key)
    {
        if (configuration[key] is not { Length: > 0 } text)
        {
            return Defaults.Concurrency;
        }

        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && number is >= 1 and <= LargestConcurrency)
        {
            return number;
        }

        mistakes.Add($"{key} must be a whole number from 1 to {LargestConcurrency}.");
        return Defaults.Concurrency;
    }

    private bool Flag(string key)
    {
        var flag = false;
        if (configuration[key] is { Length: > 0 } text && !bool.TryParse(text, out flag))
        {
            mistakes.Add($"{key} must be true or false.");
        }

        return flag;
    }
}
