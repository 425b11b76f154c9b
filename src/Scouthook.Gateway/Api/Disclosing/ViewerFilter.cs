using Microsoft.AspNetCore.Http;
using Scouthook.Gateway.Managing;
using Scouthook.Inbox.Model;

namespace Scouthook.Gateway.Api.Disclosing;

/// <summary>Replaces what a route answers by what a viewer may see of it.</summary>
/// <remarks>In one place for all routes: a new one that answers with a known type cannot forget it.</remarks>
internal sealed class ViewerFilter : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var result = await next(context);
        if (Caller.Of(context.HttpContext.User)?.May(ApiRole.Operator) != false)
        {
            return result;
        }

        var answer = result;
        while (answer is INestedHttpResult { Result: var inner })
        {
            answer = inner;
        }

        // Viewers change nothing, so what they get is always an OK.
        return answer is IValueHttpResult { Value: IForViewers value } ? Results.Ok(value.ForViewers()) : result;
    }
}
