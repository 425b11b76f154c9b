using Scouthook.AspNetCore.Configuring;
using Scouthook.Parsing;

namespace Scouthook.Cli.Serving;

/// <summary>Logs each received event with its response, for <c>serve --verbose</c>.</summary>
/// <remarks>The log is written in the background and drops lines rather than block a request.</remarks>
internal static class RequestLog
{
    /// <summary>The sender chooses the name.</summary>
    private const int MaxName = 60;

    public static void Use(WebApplication app)
    {
        var logger = app.Services.GetRequiredService<ILoggerFactory>().CreateLogger("Scouthook.Received");
        var settings = app.Services.GetRequiredService<LiveSettings>();
        app.Use(async (context, next) =>
        {
            await next(context);
            var path = context.Request.Path.Value?.TrimEnd('/');
            if (settings.Current.Sources.Values.FirstOrDefault(source => source.Path.TrimEnd('/') == path) is { } source)
            {
                var name = string.Concat(context.Request.Headers[HelpScoutHeaders.Event].ToString().Where(character => !char.IsControl(character)).Take(MaxName));
                CliLog.Received(
                    logger,
                    name.Length == 0 ? "(no event name)" : name,
                    source.Name,
                    context.Request.ContentLength ?? 0,
                    context.Response.StatusCode);
            }
        });
    }
}
