using Microsoft.Extensions.Options;
using Scouthook.AspNetCore;
using Scouthook.Inbox.Model;
using Scouthook.Management.Dashboard;

namespace Scouthook.Gateway.Configuration;

/// <summary>Rejects sources that would use a path or the name of the gateway itself.</summary>
internal sealed class ReservedPaths : IValidateOptions<ScouthookOptions>
{
    private static readonly string[] Own =
        ["/api", "/healthz", "/readyz", "/metrics", "/asyncapi.json", "/asyncapi.yaml", "/openapi", .. DashboardPaths.Roots];

    public ValidateOptionsResult Validate(string? name, ScouthookOptions options)
    {
        var mistakes = new List<string>();
        foreach (var (source, settings) in options.Sources)
        {
            if (source.Equals(OperationalEvent.Source, StringComparison.OrdinalIgnoreCase))
            {
                mistakes.Add(
                    $"Scouthook:Sources:{source} has the name of the source of operational events. Choose another name.");
            }

            var path = settings.PathAs(source);
            if (path == "/" || Own.Any(own =>
                path.Equals(own, StringComparison.OrdinalIgnoreCase)
                || path.StartsWith(own + "/", StringComparison.OrdinalIgnoreCase)))
            {
                mistakes.Add(
                    $"Scouthook:Sources:{source}:Path is {path}, which the gateway itself uses. Choose another, such as "
                    + "/webhook.");
            }
        }

        return mistakes.Count > 0 ? ValidateOptionsResult.Fail(mistakes) : ValidateOptionsResult.Success;
    }
}
