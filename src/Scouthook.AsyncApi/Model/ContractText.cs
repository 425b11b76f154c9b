using Scouthook.AsyncApi.Describing;

namespace Scouthook.AsyncApi.Model;

/// <summary>The texts of the contract that are not comments of a payload type.</summary>
internal static class ContractText
{
    public const string Id = "urn:scouthook:helpscout-webhooks";
    public const string SchemaId = "urn:scouthook:helpscout-webhooks:schema";
    public const string Title = "Help Scout Webhooks";

    /// <summary>
    /// The linters of AsyncAPI require name, URL and email. The project has no public address yet, so these use a
    /// domain reserved for examples. They must not be Help Scout's, which did not write this document.
    /// </summary>
    public const string Contact = "Scouthook maintainers (placeholder address)";

    /// <summary>The version of this description: raised when its content changes, not with every release.</summary>
    public const string Version = "1.0.0";

    public const string Address = "/webhook";
    public const string OperationId = "receiveHelpScoutWebhook";
    public const string OperationSummary = "Receive a Help Scout webhook event";
    public const string OperationTitle = "Receive a Help Scout webhook event";
    public const string ChannelTitle = "Help Scout webhook events";
    public const string SourceTitle = "Help Scout's documentation of its webhooks";

    public const string Server =
        "Your receiver. Help Scout posts to the URL that you registered, so host, port and path are yours to choose. Use HTTPS.";

    public const string SecurityScheme = "helpScoutSignature";
    public const string EventHeader = "X-HelpScout-Event";
    public const string SignatureHeader = "X-HelpScout-Signature";

    /// <summary>
    /// 27 characters of base64 and one of padding: 20 bytes. Only four bits of the last character count.
    /// </summary>
    public const string SignaturePattern = "^[A-Za-z0-9+/]{26}[AEIMQUYcgkosw048]=$";

    /// <summary>The secret that the examples are signed with.</summary>
    public const string ExampleSecret = "scouthook-test-secret-0001";

    public static Uri Source { get; } = new("https://developer.helpscout.com/webhooks");

    public static string Overview { get; } = Resource.Text("prose/overview.md");

    public static string Bundle { get; } = Resource.Text("prose/bundle.md");

    public static string Channel { get; } = Resource.Text("prose/channel.md");

    public static string Operation { get; } = Resource.Text("prose/operation.md");

    public static string Signature { get; } = Resource.Text("prose/signature.md");
}
