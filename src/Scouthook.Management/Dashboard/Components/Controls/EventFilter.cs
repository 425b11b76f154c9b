using System.Globalization;
using Microsoft.AspNetCore.Http;
using Scouthook.Inbox.Model;
using Scouthook.Management.Api;
using Scouthook.Management.Services.Views;

namespace Scouthook.Management.Dashboard.Components.Controls;

/// <summary>Reads the filters of a list of events from the address of its page.</summary>
internal static class EventFilter
{
    /// <returns>The mistake, in words; <see langword="null"/> if there is none.</returns>
    public static string? Read(Dictionary<string, string?> parameters, DateTimeOffset now, out EventQuery query)
    {
        query = new EventQuery();
        var types = (parameters["type"] ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        if (!types.All(EventPattern.IsValid))
        {
            return $"Type {EventQueryReader.TypeRule}";
        }

        Scouthook.Events.ResourceReference resource = default;
        if (parameters["resource"] is { } about && !EventQueryReader.TryReadResource(about, out resource))
        {
            return $"Resource {EventQueryReader.ResourceRule}";
        }

        long mailbox = 0;
        if (parameters["mailbox"] is { } number && !long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out mailbox))
        {
            return "Inbox id must be a number.";
        }

        Scouthook.Events.EventState state = default;
        if (parameters["state"] is { } stateName && !StateText.TryRead(stateName, out state))
        {
            return "State must be ok, unknown, unreadable or notification.";
        }

        DeliveryState delivery = default;
        if (parameters["deliveryState"] is { } deliveryName && !DeliveryText.TryRead(deliveryName, out delivery))
        {
            return "Deliveries must be pending, leased, delivered, deadLettered or discarded.";
        }

        if (!TryReadInstant(parameters["since"], out var since) || !TryReadInstant(parameters["until"], out var until))
        {
            return "From and Until must be dates or times in UTC, such as 2026-03-01T08:00Z.";
        }

        if (parameters["last"] is { } last)
        {
            if (ReadWindow(last) is not { } window)
            {
                return "Received must be 1h, 24h, 7d or 30d.";
            }

            since = now - window;
        }

        query = new EventQuery
        {
            EventTypes = types,
            Source = parameters["source"],
            Resource = parameters["resource"] is null ? null : resource,
            MailboxId = parameters["mailbox"] is null ? null : mailbox,
            State = parameters["state"] is null ? null : state,
            DeliveryState = parameters["deliveryState"] is null ? null : delivery,
            Since = since,
            Until = until,
            Text = SearchText.Read(parameters["q"]),
        };
        return null;
    }

    /// <summary>Reads the length of a window of time: <c>1h</c>, <c>24h</c>, <c>7d</c> or <c>30d</c>.</summary>
    public static TimeSpan? ReadWindow(string? text) => text switch
    {
        "1h" => TimeSpan.FromHours(1),
        "24h" => TimeSpan.FromHours(24),
        "7d" => TimeSpan.FromDays(7),
        "30d" => TimeSpan.FromDays(30),
        _ => null,
    };

    public static ReplayRequest ToReplay(EventQuery query) => new()
    {
        EventTypes = query.EventTypes,
        Source = query.Source,
        ResourceKind = query.Resource?.Kind,
        ResourceId = query.Resource?.Id,
        MailboxId = query.MailboxId,
        State = query.State,
        Since = query.Since,
        Until = query.Until,
    };

    /// <summary>Writes the filters as the API reads them, for the export.</summary>
    public static string ToApiQuery(Dictionary<string, string?> parameters, DateTimeOffset now)
    {
        var api = parameters.Where(parameter => parameter.Key != "last" && parameter.Value is not null).ToDictionary();
        if (SearchText.Read(parameters["q"]) is { } text)
        {
            api["q"] = text;
        }

        if (ReadWindow(parameters["last"]) is { } window)
        {
            api["since"] = (now - window).UtcDateTime.ToString(InstantJsonConverter.Format, CultureInfo.InvariantCulture);
        }

        return QueryString.Create(api).Value?.TrimStart('?') ?? "";
    }

    private static bool TryReadInstant(string? text, out DateTimeOffset? instant)
    {
        instant = null;
        if (text is null)
        {
            return true;
        }

        if (!DateTimeOffset.TryParse(
            text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var read))
        {
            return false;
        }

        instant = read;
        return true;
    }
}
