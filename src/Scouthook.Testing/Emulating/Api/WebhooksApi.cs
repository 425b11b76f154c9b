using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Scouthook.Testing.Emulating.Http;

namespace Scouthook.Testing;

/// <summary><c>/v2/webhooks</c>.</summary>
internal sealed class WebhooksApi(DeliveryEngine engine, HelpScoutEmulatorOptions options, Func<Uri> address)
{
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/v2/webhooks", CreateAsync);
        routes.MapGet("/v2/webhooks", ListAsync);
        routes.MapGet("/v2/webhooks/{id:long}", GetAsync);
        routes.MapPut("/v2/webhooks/{id:long}", ReplaceAsync);
        routes.MapDelete("/v2/webhooks/{id:long}", DeleteAsync);
    }

    private async Task CreateAsync(HttpContext context)
    {
        if (await ReadAsync(context) is not ({ } definition, var isEnabled))
        {
            return;
        }

        var webhook = engine.Add(definition);
        if (isEnabled is false)
        {
            engine.TryChange(webhook.Id, created => created.Disable("It was created disabled."));
        }

        context.Response.StatusCode = StatusCodes.Status201Created;
        context.Response.Headers["Resource-ID"] = webhook.Id.ToString(CultureInfo.InvariantCulture);
        context.Response.Headers.Location = new Uri(address(), $"v2/webhooks/{webhook.Id}").AbsoluteUri;
    }

    private Task ListAsync(HttpContext context) =>
        HalPage.WriteAsync(context, address(), "webhooks", engine.Snapshot(), webhook => WebhookJson.Write(webhook, address()));

    private Task GetAsync(HttpContext context) => engine.Find(RouteId.Of(context)) is { } webhook
        ? JsonResponse.WriteAsync(context, StatusCodes.Status200OK, WebhookJson.Write(webhook, address()))
        : ApiError.NotFoundAsync(context);

    private async Task ReplaceAsync(HttpContext context)
    {
        var id = RouteId.Of(context);
        if (engine.Find(id) is null)
        {
            await ApiError.NotFoundAsync(context);
            return;
        }

        if (await ReadAsync(context) is not ({ } definition, var isEnabled))
        {
            return;
        }

        var found = engine.TryChange(id, webhook =>
        {
            webhook.Replace(definition);
            if (isEnabled is true && !webhook.IsEnabled)
            {
                webhook.Enable();
            }
            else if (isEnabled is false && webhook.IsEnabled)
            {
                webhook.Disable("It was disabled through the API.");
            }
        });
        if (found)
        {
            context.Response.StatusCode = StatusCodes.Status204NoContent;
        }
        else
        {
            await ApiError.NotFoundAsync(context);
        }
    }

    private Task DeleteAsync(HttpContext context)
    {
        if (!engine.TryRemove(RouteId.Of(context)))
        {
            return ApiError.NotFoundAsync(context);
        }

        context.Response.StatusCode = StatusCodes.Status204NoContent;
        return Task.CompletedTask;
    }

    /// <returns>The webhook; <see langword="null"/> if the request was answered with an error.</returns>
    private async Task<(WebhookDefinition Definition, bool? IsEnabled)?> ReadAsync(HttpContext context)
    {
        if (!context.Request.HasJsonContentType())
        {
            await ApiError.WriteAsync(context, StatusCodes.Status415UnsupportedMediaType, "Unsupported Media Type");
            return null;
        }

        if (await JsonRequest.ReadAsync(context.Request) is not { } json)
        {
            await ApiError.WriteAsync(context, StatusCodes.Status400BadRequest, "Bad request");
            return null;
        }

        if (WebhookJson.Read(json, options.EnforceSecretLength, out var errors, out var isEnabled) is { } definition)
        {
            return (definition, isEnabled);
        }

        await ApiError.InvalidAsync(context, errors);
        return null;
    }
}
