using Microsoft.Data.Sqlite;

namespace Scouthook.Inbox.Storage.Sqlite;

/// <summary>Tells errors of the surroundings, which may pass, from mistakes in the data or the code.</summary>
internal static class SqliteErrors
{
    private const int Permission = 3;
    private const int Busy = 5;
    private const int Locked = 6;
    private const int NoMemory = 7;
    private const int ReadOnly = 8;
    private const int InputOutput = 10;
    private const int Full = 13;
    private const int CannotOpen = 14;

    public static bool MayPass(SqliteException problem) => problem.SqliteErrorCode
        is Permission or Busy or Locked or NoMemory or ReadOnly or InputOutput or Full or CannotOpen;

    public static string Words(SqliteException problem) => problem.SqliteErrorCode switch
    {
        Full => "the disk is full",
        ReadOnly or Permission => "the store cannot be written",
        CannotOpen => "the store cannot be opened",
        InputOutput => "the disk does not answer properly",
        Busy or Locked => "the store is in use by another program",
        _ => $"SQLite answered with error {problem.SqliteErrorCode}",
    };
}
