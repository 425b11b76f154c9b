using Npgsql;

namespace Scouthook.Inbox.PostgreSql;

/// <summary>Distinguishes errors that may pass (server, network, permissions, space) from bugs in the code.</summary>
internal static class PostgreSqlErrors
{
    /// <summary>The server ended a transaction that its node had stopped working on.</summary>
    private const string Abandoned = "25P03";

    /// <summary>Returns whether the same transaction may succeed when it runs again at once: it lost against another one.</summary>
    public static bool IsConflict(NpgsqlException exception) =>
        exception is PostgresException { SqlState: PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.DeadlockDetected };

    /// <summary>Returns whether the connection is gone, so that nothing further can be done with it.</summary>
    public static bool IsConnectionLoss(NpgsqlException exception) =>
        exception is not (PostgresException or NpgsqlOperationInProgressException)
        || exception is PostgresException server
            && (server.SqlState is Abandoned || server.SqlState.StartsWith("57P", StringComparison.Ordinal));

    /// <summary>Returns whether the server did not answer in time: trying again at once would only wait once more.</summary>
    public static bool IsTimeout(NpgsqlException exception) => exception.InnerException is TimeoutException;

    /// <summary>Returns whether the same may work later.</summary>
    public static bool MayPass(NpgsqlException exception) => exception is not PostgresException server
        ? exception is not NpgsqlOperationInProgressException
        : IsConflict(exception)
        || server.SqlState is PostgresErrorCodes.ReadOnlySqlTransaction or PostgresErrorCodes.LockNotAvailable or Abandoned
        || server.SqlState[..2] is "08" or "28" or "3D" or "3F" or "42" or "53" or "55" or "57" or "58" or "XX"
            && server.SqlState is not (PostgresErrorCodes.SyntaxError or PostgresErrorCodes.UndefinedColumn
                or PostgresErrorCodes.UndefinedFunction or PostgresErrorCodes.DatatypeMismatch
                or PostgresErrorCodes.IndeterminateDatatype or PostgresErrorCodes.AmbiguousColumn);

    /// <summary>Describes the problem without any content of an event: messages of the server quote values.</summary>
    public static string Describe(NpgsqlException exception) => exception is PostgresException server
        ? server.SqlState switch
        {
            PostgresErrorCodes.ReadOnlySqlTransaction => "the server is read-only",
            PostgresErrorCodes.DiskFull => "the disk of the server is full",
            PostgresErrorCodes.TooManyConnections => "the server has no connection left",
            PostgresErrorCodes.InvalidPassword or PostgresErrorCodes.InvalidAuthorizationSpecification => "the server refuses the user or the password",
            PostgresErrorCodes.InvalidCatalogName => "the database does not exist",
            PostgresErrorCodes.InsufficientPrivilege => "the user lacks a privilege",
            Abandoned => "the transaction was interrupted for too long",
            PostgresErrorCodes.UndefinedTable => "a table is missing",
            PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown or PostgresErrorCodes.CannotConnectNow =>
                "the server is restarting",
            var state => $"the server reported error {state}",
        }
        : "the server does not respond";
}
