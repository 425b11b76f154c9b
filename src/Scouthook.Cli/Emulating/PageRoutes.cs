using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Scouthook.Events;
using Scouthook.Testing;

namespace Scouthook.Cli.Emulating;

/// <summary>The page of the local Help Scout and the JSON routes that it calls.</summary>
internal sealed class PageRoutes(
    PageState state, AccountActions actions, PageGuard guard, HelpScoutEmulator emulator, BusyDayControl day)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    };

    public void Map(IEndpointRouteBuilder routes)
    {
        foreach (var file in PageFile.All)
        {
            Map(routes, HttpMethods.Get, file.Path, file.WriteAsync);
        }

        Map(routes, HttpMethods.Get, "/page/state", context => context.Response.WriteAsJsonAsync(state.Read(), Json));
        MapChange<ActionRequest>(routes, "/page/actions/{name}", (context, request) =>
            actions.Perform((string)context.GetRouteValue("name")!, request) ?? throw new KeyNotFoundException("There is no such action."));
        MapChange<ActionRequest>(routes, "/page/events", (_, request) => Play(request.Value));
        MapChange<RateRequest>(routes, "/page/rate", (_, request) =>
        {
            day.Rate = request.EventsPerSecond;
            return [];
        });
        MapChange<Dictionary<string, double>>(routes, "/page/chaos", (_, request) => SetChaos(request));
        MapChange<WebhookRequest>(routes, "/page/webhooks", (_, request) =>
        {
            emulator.AddWebhook(new WebhookDefinition
            {
                Url = request.Url ?? "", Secret = request.Secret ?? "", Label = string.IsNullOrWhiteSpace(request.Label) ? null : request.Label,
            });
            return [];
        });
        MapWebhook(routes, "enable", emulator.Enable);
        MapWebhook(routes, "disable", emulator.Disable);
        MapWebhook(routes, "delete", emulator.DeleteWebhook);
        MapWebhook(routes, "test", id =>
        {
            // The log shows the response; the page does not wait for it.
            var sending = emulator.SendTestEventAsync(id, CancellationToken.None);
            _ = sending.ContinueWith(static task => task.Exception, TaskScheduler.Default);
        });
    }

    private IReadOnlyList<string> Play(string? eventName) => emulator.Account.WhileLocked(() => emulator.Account.Recording(() =>
    {
        if (string.IsNullOrEmpty(eventName))
        {
            day.PlayOneOfEach();
        }
        else if (HelpScoutEventCatalog.Find(eventName) is not null)
        {
            day.Play(eventName);
        }
        else
        {
            throw new ArgumentException("There is no such event.");
        }
    }));

    private IReadOnlyList<string> SetChaos(Dictionary<string, double> probabilities)
    {
        // All are checked before one is set.
        var changes = probabilities.Select(change => (
            Switch: ChaosSwitch.All.FirstOrDefault(disturbance => disturbance.Name == change.Key)
                ?? throw new ArgumentException("There is no such disturbance."),
            Probability: change.Value is >= 0 and <= 1
                ? change.Value
                : throw new ArgumentException("A probability is a number from 0 to 1."))).ToList();
        changes.ForEach(change => change.Switch.Set(emulator.Chaos, change.Probability));
        return [];
    }

    private void MapWebhook(IEndpointRouteBuilder routes, string verb, Action<long> change) =>
        MapChange<ActionRequest>(routes, $"/page/webhooks/{{id:long}}/{verb}", (context, _) =>
        {
            change(long.Parse((string)context.GetRouteValue("id")!, CultureInfo.InvariantCulture));
            return [];
        });

    /// <summary>Maps a route that changes something: JSON in, the names of the events that it raised out.</summary>
    private void MapChange<T>(
        IEndpointRouteBuilder routes, string path, Func<HttpContext, T, IReadOnlyList<string>> change)
        where T : class => Map(routes, HttpMethods.Post, path, async context =>
        {
            if (!context.Request.HasJsonContentType())
            {
                await RefuseAsync(context, StatusCodes.Status415UnsupportedMediaType, "Send JSON with Content-Type: application/json.");
                return;
            }

            try
            {
                var request = await context.Request.ReadFromJsonAsync<T>(Json, context.RequestAborted)
                    ?? throw new JsonException("Send a JSON object.");
                await context.Response.WriteAsJsonAsync(new { Events = change(context, request) }, Json);
            }
            catch (KeyNotFoundException exception)
            {
                await RefuseAsync(context, StatusCodes.Status404NotFound, exception.Message);
            }
            catch (JsonException)
            {
                await RefuseAsync(context, StatusCodes.Status400BadRequest, "The body is not the JSON object that this route expects.");
            }
            catch (ArgumentException exception)
            {
                // Without the name of the parameter, which is that of a method.
                await RefuseAsync(context, StatusCodes.Status400BadRequest, exception.Message.Split(" (Parameter '")[0]);
            }
        });

    private void Map(IEndpointRouteBuilder routes, string method, string path, RequestDelegate handle) =>
        routes.MapMethods(path, [method], async context =>
        {
            var headers = context.Response.Headers;
            headers.ContentSecurityPolicy =
                "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
            headers.XContentTypeOptions = "nosniff";
            headers["Referrer-Policy"] = "no-referrer";
            headers["Cross-Origin-Resource-Policy"] = "same-origin";
            headers.CacheControl = "no-store";
            if (guard.Refuse(context.Request) is { } reason)
            {
                await RefuseAsync(context, StatusCodes.Status403Forbidden, reason);
                return;
            }

            await handle(context);
        });

    private static Task RefuseAsync(HttpContext context, int status, string message)
    {
        context.Response.StatusCode = status;
        return context.Response.WriteAsJsonAsync(new { Message = message }, Json);
    }

    internal sealed record RateRequest
    {
        public required double EventsPerSecond { get; init; }
    }

    internal sealed record WebhookRequest
    {
        public string? Url { get; init; }

        public string? Secret { get; init; }

        public string? Label { get; init; }
    }
}
