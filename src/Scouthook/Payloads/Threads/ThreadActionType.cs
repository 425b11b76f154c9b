using System.Text.Json.Serialization;

namespace Scouthook.Payloads;

/// <summary>The kind of action of a line item.</summary>
/// <param name="Text">The text as Help Scout sends it.</param>
/// <remarks>
/// Source: Help Scout Inbox API, <c>/mailbox-api/endpoints/conversations/threads/list</c>. The full list is not
/// documented: expect other texts.
/// </remarks>
[JsonConverter(typeof(OpenValueConverter<ThreadActionType>))]
public readonly record struct ThreadActionType(string Text) : IOpenValue<ThreadActionType>
{
    /// <summary>Nothing in particular: <c>default</c>. Seen on threads that are not line items.</summary>
    public static ThreadActionType Default { get; } = new("default");

    /// <summary>A user ran a workflow: <c>manual-workflow</c>. Documented.</summary>
    public static ThreadActionType ManualWorkflow { get; } = new("manual-workflow");

    /// <summary>Another conversation was merged into this one: <c>merged</c>. Seen.</summary>
    public static ThreadActionType Merged { get; } = new("merged");

    /// <summary>Moved here from another inbox: <c>movedFromMailbox</c>. From version V1.</summary>
    public static ThreadActionType MovedFromMailbox { get; } = new("movedFromMailbox");

    /// <summary>Imported: <c>imported</c>. From version V1.</summary>
    public static ThreadActionType Imported { get; } = new("imported");

    /// <summary>A workflow ran: <c>workflow</c>. From version V1.</summary>
    public static ThreadActionType Workflow { get; } = new("workflow");

    /// <summary>Imported from another system: <c>importedExternal</c>. From version V1.</summary>
    public static ThreadActionType ImportedExternal { get; } = new("importedExternal");

    /// <summary>Given to another customer: <c>changedTicketCustomer</c>. From version V1.</summary>
    public static ThreadActionType ChangedTicketCustomer { get; } = new("changedTicketCustomer");

    /// <summary>Deleted: <c>deletedTicket</c>. From version V1.</summary>
    public static ThreadActionType DeletedTicket { get; } = new("deletedTicket");

    /// <summary>Restored: <c>restoreTicket</c>. From version V1.</summary>
    public static ThreadActionType RestoreTicket { get; } = new("restoreTicket");

    /// <inheritdoc/>
    public static IReadOnlyList<ThreadActionType> Known { get; } =
    [
        Default, ManualWorkflow, Merged, MovedFromMailbox, Imported, Workflow, ImportedExternal,
        ChangedTicketCustomer, DeletedTicket, RestoreTicket,
    ];

    /// <inheritdoc/>
    public static ThreadActionType FromText(string text) => new(text);

    /// <summary>Returns the text as Help Scout sent it.</summary>
    /// <returns><see cref="Text"/>, or an empty text for <see langword="default"/>.</returns>
    public override string ToString() => Text ?? "";
}
