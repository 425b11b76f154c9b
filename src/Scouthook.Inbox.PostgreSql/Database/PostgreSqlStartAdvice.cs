using System.Net.Sockets;
using System.Security.Authentication;
using Npgsql;

namespace Scouthook.Inbox.PostgreSql;

/// <summary>Says what to do when a node cannot open its store at startup. No sentence contains the password.</summary>
/// <param name="settings">The connection string.</param>
internal sealed class PostgreSqlStartAdvice(NpgsqlConnectionStringBuilder settings)
{
    /// <summary>The class of errors that a pooler reports about itself.</summary>
    private const string ConnectionClass = "08";

    private const string InvalidSchemaName = "3F000";

    private string User => settings.Username is { Length: > 0 } user ? $"user {user}" : "user of this process";

    private string Server => $"server {settings.Host}";

    private string Owner =>
        $"Make the user its owner: ALTER DATABASE \"{settings.Database}\" OWNER TO \"{settings.Username}\".";

    /// <returns>Why this store cannot be used until someone changes a setting; <see langword="null"/> if waiting may help.</returns>
    public string? Refuse(NpgsqlException exception) => exception switch
    {
        PostgresException { SqlState: PostgresErrorCodes.InvalidPassword } =>
            $"The {Server} rejects the password of the {User}. Correct Username or Password in the connection string.",
        PostgresException { SqlState: PostgresErrorCodes.InvalidCatalogName } =>
            $"The database {settings.Database} does not exist on the {Server}. Create it, or correct Database in the connection string.",
        PostgresException { SqlState: InvalidSchemaName } =>
            $"The {User} may not use any schema of the database {settings.Database}. {Owner}",
        PostgresException { SqlState: PostgresErrorCodes.InsufficientPrivilege } server =>
            $"The {User} lacks a privilege in the database {settings.Database}: {server.MessageText}. {Owner}",

        // Written by the server about the connection: user, database and address, never the password.
        PostgresException server when server.SqlState.StartsWith("28", StringComparison.Ordinal) =>
            $"The {Server} does not admit the {User}: {server.MessageText}. Correct the connection string, or admit the user in pg_hba.conf.",
        PostgresException => null,

        // Of the driver, which has no type or code for them.
        _ when exception.Message.StartsWith("No password has been provided", StringComparison.Ordinal) =>
            $"The {Server} requires a password of the {User}. Add Password to the connection string.",
        _ when exception.Message.StartsWith("SSL connection requested", StringComparison.Ordinal) =>
            $"The {Server} offers no TLS, which the connection string requires. Enable it there, or correct SSL Mode in the connection string.",
        _ => null,
    };

    /// <returns>What to check while the node waits for the store; empty if the reason says it.</returns>
    public string Check(Exception? exception) => exception switch
    {
        PostgresException server when server.SqlState.StartsWith(ConnectionClass, StringComparison.Ordinal) =>
            $" It says: {server.MessageText}.",
        PostgresException => "",
        { InnerException: AuthenticationException } =>
            " Its certificate is not trusted. Check SSL Mode and Root Certificate in the connection string.",
        { InnerException: SocketException { SocketErrorCode: SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain } } =>
            $" No address is known for {settings.Host}. Check Host in the connection string.",
        { InnerException: SocketException { SocketErrorCode: SocketError.ConnectionRefused } } =>
            $" Nothing listens on port {settings.Port} of {settings.Host}. Start the server, or correct Host and Port in the connection string.",
        _ => " Check that the server runs, and Host and Port in the connection string.",
    };
}
