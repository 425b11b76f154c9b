namespace Scouthook.Inbox.PostgreSql;

/// <summary>The locks that transactions of all nodes share. They are advisory and end with the transaction.</summary>
/// <remarks>
/// Taken in this order, so that no two transactions wait for each other: <see cref="Bulk"/>, deliveries of endpoints,
/// <see cref="Append"/>. A transaction that takes the deliveries of several endpoints holds <see cref="Bulk"/>.
/// </remarks>
internal enum PostgreSqlLock
{
    /// <summary>Creates and migrates the tables.</summary>
    Schema = 1,

    /// <summary>Changes endpoints, or the deliveries of several of them.</summary>
    Bulk = 2,

    /// <summary>Stores events: from taking the sequences until the commit, so that their order is the order of commit.</summary>
    Append = 3,

    /// <summary>Numbers the change log.</summary>
    Changes = 4,

    /// <summary>Changes secrets of sources.</summary>
    SourceSecrets = 5,

    /// <summary>Runs a step of retention or statistics.</summary>
    Upkeep = 6,
}
