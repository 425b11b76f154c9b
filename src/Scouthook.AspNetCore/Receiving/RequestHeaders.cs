using System.Collections;
using Microsoft.AspNetCore.Http;

namespace Scouthook.AspNetCore.Receiving;

/// <summary>The headers of a request as pairs, read only on access: most receivers do not need them.</summary>
internal sealed class RequestHeaders(IHeaderDictionary headers) : IEnumerable<KeyValuePair<string, string>>
{
    public IEnumerator<KeyValuePair<string, string>> GetEnumerator()
    {
        foreach (var (name, values) in headers)
        {
            foreach (var value in values)
            {
                yield return new KeyValuePair<string, string>(name, value ?? "");
            }
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
