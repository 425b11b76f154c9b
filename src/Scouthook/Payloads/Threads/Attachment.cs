using System.Text.Json.Serialization;

namespace Scouthook.Payloads;

/// <summary>A file attached to a thread. The content is not in the body.</summary>
/// <remarks>Source: Help Scout Inbox API, <c>/mailbox-api/endpoints/conversations/threads/list</c>.</remarks>
public sealed record Attachment : HelpScoutPayload
{
    /// <summary>The id of the attachment.</summary>
    [AlwaysPresent]
    public long? Id { get; init; }

    /// <summary>The name of the file, chosen by the sender.</summary>
    /// <remarks>Never use it as a path without cleaning it.</remarks>
    [AlwaysPresent]
    public string? Filename { get; init; }

    /// <summary>The media type, such as <c>application/pdf</c>, as the sender stated it.</summary>
    [AlwaysPresent]
    public string? MimeType { get; init; }

    /// <summary>The width in pixels. Only on images.</summary>
    public int? Width { get; init; }

    /// <summary>The height in pixels. Only on images.</summary>
    public int? Height { get; init; }

    /// <summary>The size of the file in bytes.</summary>
    [AlwaysPresent]
    public long? Size { get; init; }

    /// <summary>The state of the file. Only <c>valid</c> was seen; absent in several integrators' bodies.</summary>
    public AttachmentState? State { get; init; }

    /// <summary>Links to the attachment and to its content.</summary>
    [JsonPropertyName("_links")]
    public AttachmentLinks? Links { get; init; }
}
