using Microsoft.Data.Sqlite;

namespace Scouthook.Inbox.Storage.Sqlite;

/// <summary>Distinguishes transient errors of the environment and damaged files from bugs in the code.</summary>
internal static class SqliteErrors
{
    private const int Error = 1;
    private const int Permission = 3;
    private const int Busy = 5;
    private const int Locked = 6;
    private const int NoMemory = 7;
    private const int ReadOnly = 8;
    private const int InputOutput = 10;
    private const int Corrupt = 11;
    private const int Full = 13;
    private const int CannotOpen = 14;
    private const int Protocol = 15;
    private const int NoLargeFiles = 22;
    private const int Format = 24;
    private const int NotADatabase = 26;

    // Extended codes of InputOutput: a file shorter than its pages, pages that do not match their checksums.
    private const int ShortRead = InputOutput | (2 << 8);
    private const int BadChecksum = InputOutput | (32 << 8);
    private const int CorruptFileSystem = InputOutput | (33 << 8);

    /// <summary>Returns whether the same may work later, when disk, memory or permissions allow.</summary>
    public static bool MayPass(SqliteException exception) => !IsCorrupt(exception) && exception.SqliteErrorCode
        is Permission or Busy or Locked or NoMemory or ReadOnly or InputOutput or Full or CannotOpen or Protocol or NoLargeFiles;

    /// <summary>Returns whether the content of the file is damaged, or not that of a store.</summary>
    public static bool IsCorrupt(SqliteException exception) =>
        exception.SqliteErrorCode is Corrupt or NotADatabase or Format
        || exception.SqliteExtendedErrorCode is ShortRead or BadChecksum or CorruptFileSystem
        || (exception.SqliteErrorCode == Error && IsAboutSchema(exception.Message));

    public static string Describe(SqliteException exception) => exception.SqliteErrorCode switch
    {
        NotADatabase => "the file is not a database",
        Corrupt => "the content of the file is malformed",
        _ when IsCorrupt(exception) => "the file is incomplete or malformed",
        Full => "the disk is full",
        ReadOnly or Permission => "the store cannot be written",
        CannotOpen => "the store cannot be opened",
        InputOutput => "the disk reports an I/O error",
        Busy or Locked or Protocol => "the store is in use by another program",
        NoMemory => "out of memory",
        _ => $"SQLite reported error {exception.SqliteErrorCode}",
    };

    /// <summary>The tables are created at every opening, so a missing one has disappeared from the file.</summary>
    private static bool IsAboutSchema(string message) =>
        message.Contains("malformed database schema", StringComparison.Ordinal)
        || message.Contains("no such table", StringComparison.Ordinal);
}
