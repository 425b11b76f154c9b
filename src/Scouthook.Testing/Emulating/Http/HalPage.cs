using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace Scouthook.Testing.Emulating.Http;

/// <summary>Writes one page of a list: <c>_embedded</c>, <c>page</c> and <c>_links</c>.</summary>
internal static class HalPage
{
    /// <summary>The number of items on a page of most lists. Conversations have fewer.</summary>
    public const int Size = 50;

    public const int ConversationSize = 25;

    public static Task WriteAsync<T>(
        HttpContext context, Uri address, string name, IReadOnlyList<T> items, Func<T, JsonNode> write, int size = Size)
    {
        if (!TryReadNumber(context.Request, out var number))
        {
            return ApiError.InvalidAsync(
                context, [new("page", "Min", "must be greater than or equal to 1", (string?)context.Request.Query["page"], "QUERY")]);
        }

        var body = new JsonObject();
        var skip = (long)(number - 1) * size;
        if (skip < items.Count)
        {
            // Without items, Help Scout leaves _embedded out.
            body["_embedded"] = new JsonObject
            {
                [name] = new JsonArray([.. items.Skip((int)skip).Take(size).Select(write)]),
            };
        }

        var pages = (items.Count + size - 1) / size;
        body["page"] = new JsonObject
        {
            ["size"] = size, ["totalElements"] = items.Count, ["totalPages"] = pages, ["number"] = number,
        };
        body["_links"] = Links(context.Request, address, number, pages);
        return JsonResponse.WriteAsync(context, StatusCodes.Status200OK, body);
    }

    private static bool TryReadNumber(HttpRequest request, out int number)
    {
        number = 1;
        var text = (string?)request.Query["page"];
        return text is null || (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number) && number >= 1);
    }

    private static JsonObject Links(HttpRequest request, Uri address, int number, int pages)
    {
        var path = new Uri(address, request.Path.ToUriComponent()).AbsoluteUri;
        var others = request.Query.Where(part => part.Key != "page")
            .SelectMany(part => part.Value, (part, value) => KeyValuePair.Create(part.Key, value)).ToList();

        JsonObject PageLink(int page) => new()
        {
            ["href"] = path + QueryString.Create([.. others, KeyValuePair.Create("page", (string?)page.ToString(CultureInfo.InvariantCulture))]),
        };

        var links = new JsonObject
        {
            ["self"] = PageLink(number),
            ["first"] = PageLink(1),
            ["last"] = PageLink(Math.Max(pages, 1)),
        };
        if (number < pages)
        {
            links["next"] = PageLink(number + 1);
        }

        if (number > 1)
        {
            links["previous"] = PageLink(number - 1);
        }

        var query = QueryString.Create(others).ToUriComponent();
        links["page"] = new JsonObject { ["href"] = path + query + (query.Length > 0 ? "{&page}" : "{?page}"), ["templated"] = true };
        return links;
    }
}
