using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Headers;

namespace CrmSync;

/// <summary>A CRM in memory that is busy the first time it is asked for something.</summary>
internal sealed class BusyCrm : HttpMessageHandler
{
    private static readonly ConcurrentDictionary<string, int> Asked = new();

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var what = $"{request.Method} {request.RequestUri!.AbsolutePath}";
        var isFirst = Asked.AddOrUpdate(what, 1, (_, times) => times + 1) == 1;
        await Console.Out.WriteLineAsync($"CRM: {what} {(isFirst ? "busy, try again in a second" : "done")}".AsMemory(), cancellationToken);
        var answer = new HttpResponseMessage(isFirst ? HttpStatusCode.ServiceUnavailable : HttpStatusCode.OK);
        if (isFirst)
        {
            answer.Headers.RetryAfter = new RetryConditionHeaderValue(TimeSpan.FromSeconds(1));
        }

        return answer;
    }
}
