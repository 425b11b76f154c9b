using System.Globalization;
using Microsoft.Extensions.Configuration;
using Scouthook.Inbox.Declaring;
using Scouthook.Inbox.Delivering;
using Scouthook.Inbox.Model;
using Scouthook.Settings;

namespace Scouthook.Inbox.Configuring;

/// <summary>Reads the endpoints of the section <c>Scouthook:Endpoints</c> and notes every mistake with its key.</summary>
internal sealed class EndpointSectionReader(IConfiguration configuration, List<string> mistakes)
{
    public const string Section = "Scouthook:Endpoints";

    private const string Members =
        "Url, Events, MailboxIds, Ordering, Timeout, Concurrency, IncludeUnreadable, Secret, SecretFile, StartFrom";

    private static readonly TimeSpan LongestTimeout = TimeSpan.FromHours(1);

    // Its own mistakes are reported where that section is read for itself.
    private readonly DeliverySettings _delivery = new DeliverySettingsReader(configuration, []).Read();

    public IReadOnlyList<DeclaredEndpoint> Read() =>
        [.. configuration.GetSection(Section).GetChildren().Select(Read).OfType<DeclaredEndpoint>()];

    private DeclaredEndpoint? Read(IConfigurationSection section)
    {
        var before = mistakes.Count;
        RefuseOtherMembers(section);
        if (EndpointRules.NameProblem(section.Key) is { } nameProblem)
        {
            mistakes.Add($"{section.Path}: {nameProblem}");
        }

        var definition = new EndpointDefinition
        {
            Name = section.Key,
            Kind = EndpointKind.Http,
            Url = Url(section),
            Events = Events(section),
            MailboxIds = MailboxIds(section),
            States = IncludeUnreadable(section) ? EventStates.All : EventStates.All & ~EventStates.Unreadable,
            Ordering = Ordering(section),
            Timeout = Timeout(section),
            Concurrency = Concurrency(section),
        };
        var secret = Secret(section);
        var start = Start(section);
        return mistakes.Count == before
            ? new DeclaredEndpoint(new EndpointDeclaration(definition, start), secret)
            : null;
    }

    private void RefuseOtherMembers(IConfigurationSection section)
    {
        foreach (var child in section.GetChildren())
        {
            if (!Members.Split(", ").Contains(child.Key, StringComparer.OrdinalIgnoreCase))
            {
                mistakes.Add($"{child.Path} is not a setting; known here are {Members}.");
            }
        }
    }

    private Uri? Url(IConfigurationSection section)
    {
        if (!EndpointRules.TryReadUrl(section["Url"], out var url, out var problem))
        {
            mistakes.Add($"{section.Path}:Url {problem}");
            return null;
        }

        if (DestinationRule.WhyRefused(url, _delivery) is { } refused)
        {
            mistakes.Add($"{section.Path}:Url cannot be delivered to. {refused}");
            return null;
        }

        return url;
    }

    private IReadOnlyList<string> Events(IConfigurationSection section)
    {
        var patterns = ListSetting.Read(configuration, $"{section.Path}:Events");
        foreach (var (key, text) in patterns)
        {
            if (!EventPattern.IsValid(text))
            {
                mistakes.Add($"{key} {EndpointRules.PatternRule}");
            }
        }

        return patterns.Count == 0 ? [EventPattern.Everything] : [.. patterns.Select(it => it.Text)];
    }

    private List<long> MailboxIds(IConfigurationSection section)
    {
        var ids = new List<long>();
        foreach (var (key, text) in ListSetting.Read(configuration, $"{section.Path}:MailboxIds"))
        {
            if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var id))
            {
                ids.Add(id);
            }
            else
            {
                mistakes.Add($"{key} must be the number of an inbox at Help Scout.");
            }
        }

        return ids;
    }

    private EndpointOrdering Ordering(IConfigurationSection section)
    {
        if (section["Ordering"] is not { Length: > 0 } text)
        {
            return EndpointOrdering.Resource;
        }

        if (EndpointRules.TryReadOrdering(text, out var ordering))
        {
            return ordering;
        }

        mistakes.Add($"{section.Path}:Ordering {EndpointRules.OrderingRule}");
        return EndpointOrdering.Resource;
    }

    private TimeSpan? Timeout(IConfigurationSection section)
    {
        if (section["Timeout"] is not { Length: > 0 } text)
        {
            return null;
        }

        var isDuration = DurationText.TryRead(text, out var timeout, out var problem);
        if (isDuration && timeout > TimeSpan.Zero && timeout <= LongestTimeout)
        {
            return timeout;
        }

        mistakes.Add($"{section.Path}:Timeout {(!isDuration ? problem : "must be more than 0 and at most 1h.")}");
        return null;
    }

    private int? Concurrency(IConfigurationSection section)
    {
        if (section["Concurrency"] is not { Length: > 0 } text)
        {
            return null;
        }

        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && number is >= 1 and <= DeliverySettingsReader.LargestConcurrency)
        {
            return number;
        }

        mistakes.Add(
            $"{section.Path}:Concurrency must be a whole number from 1 to {DeliverySettingsReader.LargestConcurrency}.");
        return null;
    }

    private bool IncludeUnreadable(IConfigurationSection section)
    {
        if (section["IncludeUnreadable"] is not { Length: > 0 } text)
        {
            return true;
        }

        if (bool.TryParse(text, out var flag))
        {
            return flag;
        }

        mistakes.Add($"{section.Path}:IncludeUnreadable must be true or false.");
        return true;
    }

    private StartPosition Start(IConfigurationSection section)
    {
        if (EndpointRules.TryReadStart(section["StartFrom"], out var start))
        {
            return start;
        }

        mistakes.Add($"{section.Path}:StartFrom {EndpointRules.StartRule}");
        return StartPosition.Now;
    }

    private string? Secret(IConfigurationSection section)
    {
        var text = section["Secret"];
        if (section["SecretFile"] is { Length: > 0 } file)
        {
            if (text is { Length: > 0 })
            {
                mistakes.Add($"{section.Path} has both Secret and SecretFile; keep one.");
            }

            try
            {
                text = File.ReadAllText(file).TrimEnd('\r', '\n');
            }
            catch (Exception problem) when (problem is IOException or UnauthorizedAccessException or ArgumentException)
            {
                mistakes.Add($"{section.Path}:SecretFile: the file {file} cannot be read ({problem.GetType().Name}).");
                return null;
            }
        }

        if (text is not null && !EndpointSecret.TryCreate(text, out _, out var wrong))
        {
            mistakes.Add($"{section.Path}:Secret: {wrong}");
            return null;
        }

        return text;
    }
}
