using System.Text.Json.Serialization;

namespace Scouthook.Payloads;

/// <summary>The channel or program through which a conversation or thread came in.</summary>
/// <param name="Text">The text as Help Scout sends it.</param>
/// <remarks>
/// Source: Help Scout Inbox API, <c>/mailbox-api/endpoints/conversations/get</c>. The texts are documented; their
/// meanings are mostly read from the names.
/// </remarks>
[JsonConverter(typeof(OpenValueConverter<SourceType>))]
public readonly record struct SourceType(string Text) : IOpenValue<SourceType>
{
    /// <summary>The Inbox API: <c>api</c>.</summary>
    public static SourceType Api { get; } = new("api");

    /// <summary>A Beacon on a website: <c>beacon</c>.</summary>
    public static SourceType Beacon { get; } = new("beacon");

    /// <summary>A connected channel: <c>channel</c>.</summary>
    public static SourceType Channel { get; } = new("channel");

    /// <summary>A chat: <c>chat</c>.</summary>
    public static SourceType Chat { get; } = new("chat");

    /// <summary>As documented, without explanation: <c>consumer</c>.</summary>
    public static SourceType Consumer { get; } = new("consumer");

    /// <summary>As documented, without explanation: <c>coreapi</c>.</summary>
    public static SourceType CoreApi { get; } = new("coreapi");

    /// <summary>An import of a CSV file: <c>csv</c>.</summary>
    public static SourceType Csv { get; } = new("csv");

    /// <summary>As documented beside <see cref="Csv"/>, probably for the same import: <c>cvs</c>.</summary>
    public static SourceType Cvs { get; } = new("cvs");

    /// <summary>An import from Desk: <c>desk</c>.</summary>
    public static SourceType Desk { get; } = new("desk");

    /// <summary>A Docs knowledge base: <c>docs</c>.</summary>
    public static SourceType Docs { get; } = new("docs");

    /// <summary>Email: <c>email</c>.</summary>
    public static SourceType Email { get; } = new("email");

    /// <summary>A forwarded email: <c>emailfwd</c>.</summary>
    public static SourceType EmailForward { get; } = new("emailfwd");

    /// <summary>The Heymarket messaging integration: <c>heymarket</c>.</summary>
    public static SourceType HeyMarket { get; } = new("heymarket");

    /// <summary>Help Scout itself: <c>internal</c>.</summary>
    public static SourceType Internal { get; } = new("internal");

    /// <summary>The Jira integration: <c>jira</c>.</summary>
    public static SourceType Jira { get; } = new("jira");

    /// <summary>Entered by hand: <c>manual</c>.</summary>
    public static SourceType Manual { get; } = new("manual");

    /// <summary>The mobile app: <c>mobile</c>.</summary>
    public static SourceType Mobile { get; } = new("mobile");

    /// <summary>A reply to a notification mail: <c>notification</c>.</summary>
    public static SourceType Notification { get; } = new("notification");

    /// <summary>As documented, without explanation: <c>orchestration</c>.</summary>
    public static SourceType Orchestration { get; } = new("orchestration");

    /// <summary>As documented, without explanation: <c>support</c>.</summary>
    public static SourceType Support { get; } = new("support");

    /// <summary>Help Scout does not know: <c>unknown</c>.</summary>
    public static SourceType Unknown { get; } = new("unknown");

    /// <summary>An import from UserVoice: <c>uservoice</c>.</summary>
    public static SourceType UserVoice { get; } = new("uservoice");

    /// <summary>The web application: <c>web</c>.</summary>
    public static SourceType Web { get; } = new("web");

    /// <summary>A workflow: <c>workflows</c>.</summary>
    public static SourceType Workflows { get; } = new("workflows");

    /// <summary>An import from Zendesk: <c>zendesk</c>.</summary>
    public static SourceType Zendesk { get; } = new("zendesk");

    /// <inheritdoc/>
    public static IReadOnlyList<SourceType> Known { get; } =
    [
        Api, Beacon, Channel, Chat, Consumer, CoreApi, Csv, Cvs, Desk, Docs, Email, EmailForward, HeyMarket, Internal,
        Jira, Manual, Mobile, Notification, Orchestration, Support, Unknown, UserVoice, Web, Workflows, Zendesk,
    ];

    /// <inheritdoc/>
    public static SourceType FromText(string text) => new(text);

    /// <summary>Returns the text as Help Scout sent it.</summary>
    /// <returns><see cref="Text"/>, or an empty text for <see langword="default"/>.</returns>
    public override string ToString() => Text ?? "";
}
