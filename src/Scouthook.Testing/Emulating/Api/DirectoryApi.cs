using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Scouthook.Payloads;
using Scouthook.Testing.Emulating.Http;

namespace Scouthook.Testing;

/// <summary>Reads of everything that conversations refer to: customers, organizations, tags, ratings, chats, users, inboxes.</summary>
internal sealed class DirectoryApi(HelpScoutAccount account, Func<Uri> address)
{
    /// <summary>The user who stands for Help Scout itself; not listed.</summary>
    private const long HelpScoutUserId = 1;

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/v2/customers", ListCustomersAsync);
        MapOne(routes, "customers", id => Json(account.FindCustomer(id)));
        MapList(routes, "organizations", () => account.Organizations, organization => Json(organization)!);
        MapOne(routes, "organizations", id => Json(account.FindOrganization(id)));
        MapList(routes, "tags", () => account.Tags, tag => Json(tag)!);
        MapOne(routes, "tags", id => Json(account.FindTag(id)));
        MapOne(routes, "ratings", id => Json(account.FindRating(id)));
        MapList(
            routes, "users", () => account.Users.Where(user => user.Id != HelpScoutUserId).ToList(),
            user => ResourceJson.Write(user, address()));
        MapOne(routes, "users", id => account.FindUser(id) is { } user ? ResourceJson.Write(user, address()) : null);
        MapOne(routes, "users", id => Json(account.FindUser(id)?.Status), "/status");
        MapList(routes, "mailboxes", () => account.Inboxes, inbox => ResourceJson.Write(inbox, address()));
        MapOne(routes, "mailboxes", id => FindInbox(id) is { } inbox ? ResourceJson.Write(inbox, address()) : null);
        routes.MapGet("/v2/mailboxes/{id:long}/folders", context => ListOfInboxAsync(
            context, "folders", inbox => inbox.Folders, (inbox, folder) => ResourceJson.Write(folder, inbox.Id, address())));
        routes.MapGet("/v2/mailboxes/{id:long}/fields", context => ListOfInboxAsync(
            context, "fields", inbox => inbox.CustomFields, (_, field) => ResourceJson.Write(field)));
        routes.MapGet("/v2/chats/{id}", context => WriteAsync(context, Json(account.FindChat((string)context.Request.RouteValues["id"]!))));
    }

    private static Task WriteAsync(HttpContext context, JsonNode? resource) => resource is null
        ? ApiError.NotFoundAsync(context)
        : JsonResponse.WriteAsync(context, StatusCodes.Status200OK, resource);

    private static void MapOne(IEndpointRouteBuilder routes, string name, Func<long, JsonNode?> find, string suffix = "") =>
        routes.MapGet($"/v2/{name}/{{id:long}}{suffix}", context => WriteAsync(context, find(RouteId.Of(context))));

    private void MapList<T>(IEndpointRouteBuilder routes, string name, Func<IReadOnlyList<T>> list, Func<T, JsonNode> write) =>
        routes.MapGet($"/v2/{name}", context => HalPage.WriteAsync(context, address(), name, list(), write));

    private Task ListCustomersAsync(HttpContext context)
    {
        var query = new QueryReader(context.Request.Query);
        var modifiedSince = query.Instant("modifiedSince");
        var firstName = query.Text("firstName");
        var lastName = query.Text("lastName");
        if (query.Errors.Count > 0)
        {
            return ApiError.InvalidAsync(context, query.Errors);
        }

        var found = account.Customers
            .Where(customer => !(customer.UpdatedAt < modifiedSince))
            .Where(customer => IsOrAny(customer.FirstName, firstName) && IsOrAny(customer.LastName, lastName))
            .ToList();
        return HalPage.WriteAsync(context, address(), "customers", found, customer => Json(customer)!);
    }

    private Task ListOfInboxAsync<T>(
        HttpContext context, string name, Func<AccountInbox, IReadOnlyList<T>> list, Func<AccountInbox, T, JsonNode> write) =>
        FindInbox(RouteId.Of(context)) is { } inbox
            ? HalPage.WriteAsync(context, address(), name, list(inbox), item => write(inbox, item))
            : ApiError.NotFoundAsync(context);

    private static bool IsOrAny(string? value, string? wanted) =>
        wanted is null || string.Equals(value, wanted, StringComparison.OrdinalIgnoreCase);

    private AccountInbox? FindInbox(long id) => account.Inboxes.FirstOrDefault(inbox => inbox.Id == id);

    private JsonNode? Json(HelpScoutPayload? payload) => payload is null ? null : ResourceJson.Write(payload, address());
}
