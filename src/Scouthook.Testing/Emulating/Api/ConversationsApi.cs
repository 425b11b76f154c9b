using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Scouthook.Payloads;
using Scouthook.Testing.Emulating.Http;

namespace Scouthook.Testing;

/// <summary><c>/v2/conversations</c>: the list, one conversation and its threads.</summary>
/// <remarks>Source: <c>/mailbox-api/endpoints/conversations/{list,get}</c> and <c>…/threads/list</c>.</remarks>
internal sealed class ConversationsApi(HelpScoutAccount account, Func<Uri> address)
{
    /// <summary>The account sorts and filters; pages are cut here, where the page links are written.</summary>
    private const int AllItems = 1_000_000;

    private static readonly string[] Open = ["active", "pending"];

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/v2/conversations", ListAsync);
        routes.MapGet("/v2/conversations/{id:long}", GetAsync);
        routes.MapGet("/v2/conversations/{id:long}/threads", GetThreadsAsync);
    }

    private static bool EmbedsThreads(HttpContext context) => context.Request.Query["embed"].Contains("threads");

    private Task ListAsync(HttpContext context)
    {
        var query = new QueryReader(context.Request.Query);
        var status = query.Choice("status", "active", "all", "closed", "open", "pending", "spam");
        var sortField = query.Choice("sortField", "createdAt", "modifiedAt", "number");
        var sortOrder = query.Choice("sortOrder", "desc", "asc");
        var mailboxes = query.Numbers("mailbox");
        var number = query.Number("number");
        var selection = new ConversationQuery
        {
            ModifiedSince = query.Instant("modifiedSince"),
            Tag = query.Text("tag"),
            SortField = sortField switch
            {
                "modifiedAt" => ConversationSortField.ModifiedAt,
                "number" => ConversationSortField.Number,
                _ => ConversationSortField.CreatedAt,
            },
            Ascending = sortOrder == "asc",
            PageSize = AllItems,
        };
        if (query.Errors.Count > 0)
        {
            return ApiError.InvalidAsync(context, query.Errors);
        }

        var found = account.QueryConversations(selection).Items
            .Where(conversation => mailboxes.Count is 0 || mailboxes.Contains(conversation.MailboxId ?? 0))
            .Where(conversation => number is null || conversation.Number == number)
            .Where(conversation => HasStatus(conversation, status))
            .ToList();
        var embedThreads = EmbedsThreads(context);
        return HalPage.WriteAsync(
            context, address(), "conversations", found,
            conversation => ResourceJson.Write(conversation, embedThreads, address()), HalPage.ConversationSize);
    }

    private static bool HasStatus(Conversation conversation, string status) => status switch
    {
        "all" => true,
        "open" => Open.Contains(conversation.Status?.Text),
        _ => conversation.Status?.Text == status,
    };

    private Task GetAsync(HttpContext context)
    {
        var lookup = account.FindConversation(RouteId.Of(context));
        return lookup.Conversation is { } conversation
            ? JsonResponse.WriteAsync(
                context, StatusCodes.Status200OK, ResourceJson.Write(conversation, EmbedsThreads(context), address()))
            : AnswerMissingAsync(context, lookup, "");
    }

    private Task GetThreadsAsync(HttpContext context)
    {
        var id = RouteId.Of(context);
        return account.FindThreads(id) is { } threads
            ? HalPage.WriteAsync(
                context, address(), "threads", threads, thread => ResourceJson.Write(thread, address()), HalPage.ConversationSize)
            : AnswerMissingAsync(context, account.FindConversation(id), "/threads");
    }

    /// <summary>301 for a conversation that was merged into another, 404 for the rest.</summary>
    private Task AnswerMissingAsync(HttpContext context, ConversationLookup lookup, string suffix)
    {
        if (lookup.MergedInto is not { } survivor)
        {
            return ApiError.NotFoundAsync(context);
        }

        context.Response.StatusCode = StatusCodes.Status301MovedPermanently;
        context.Response.Headers.Location = new Uri(address(), $"v2/conversations/{survivor}{suffix}").AbsoluteUri;
        return Task.CompletedTask;
    }
}
