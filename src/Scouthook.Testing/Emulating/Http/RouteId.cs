using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace Scouthook.Testing.Emulating.Http;

/// <summary>Reads the id from a path; the route allows numbers only.</summary>
internal static class RouteId
{
    public static long Of(HttpContext context) =>
        long.Parse((string)context.Request.RouteValues["id"]!, CultureInfo.InvariantCulture);
}
