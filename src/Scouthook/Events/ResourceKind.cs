namespace Scouthook.Events;

/// <summary>The kind of resource in Help Scout that an event is about.</summary>
public enum ResourceKind
{
    /// <summary>A conversation; its id is a number.</summary>
    Conversation = 1,

    /// <summary>A customer; its id is a number.</summary>
    Customer = 2,

    /// <summary>A satisfaction rating; its id is a number.</summary>
    Rating = 3,

    /// <summary>A Beacon chat; its id is text (a UUID).</summary>
    Chat = 4,

    /// <summary>A tag; its id is a number.</summary>
    Tag = 5,

    /// <summary>An organization; its id is a number.</summary>
    Organization = 6,

    /// <summary>A user of the account; the id is a number.</summary>
    User = 7,
}
