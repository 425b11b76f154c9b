using Microsoft.Extensions.Logging;
using Npgsql;

namespace Scouthook.Inbox.PostgreSql;

/// <summary>The database: its connections, its identity, and whether it can be used.</summary>
internal sealed class PostgreSqlDatabase : IDisposable
{
    private const int OldestServer = 14;

    private readonly NpgsqlDataSource _source;
    private readonly ILogger? _logger;
    private readonly Lock _gate = new();
    private Guid? _identity;
    private bool _isReported;
    private int _losses;

    /// <param name="connectionString">The connection string.</param>
    /// <param name="hasOwnClock">Whether instants and ids of events come from the database.</param>
    /// <param name="logger">Logs settings of the server that risk data.</param>
    public PostgreSqlDatabase(string connectionString, bool hasOwnClock = true, ILogger? logger = null)
    {
        var settings = Settings(connectionString);
        Location = LocationOf(settings);
        Advice = new PostgreSqlStartAdvice(settings);
        HasOwnClock = hasOwnClock;
        _logger = logger;
        var builder = new NpgsqlDataSourceBuilder(settings.ConnectionString);
        builder.UsePhysicalConnectionInitializer(CheckIdentity, connection =>
        {
            CheckIdentity(connection);
            return Task.CompletedTask;
        });
        _source = builder.Build();
    }

    /// <summary>Describes where the data is. Contains no secrets.</summary>
    public string Location { get; }

    public PostgreSqlStartAdvice Advice { get; }

    /// <summary>True while the database has not been reached since a start that has logged the reason.</summary>
    public bool IsReported => _isReported && _identity is null;

    public bool HasOwnClock { get; }

    /// <summary>How many times a connection was lost, perhaps because the server has crashed.</summary>
    public int Losses => Volatile.Read(ref _losses);

    public PostgreSqlNames.Cache Names { get; } = new();

    /// <summary>
    /// Returns the settings of a connection. Nothing is bound to a session, so that it may lead to a pooler.
    /// </summary>
    public static NpgsqlConnectionStringBuilder Settings(string connectionString)
    {
        var settings = new NpgsqlConnectionStringBuilder(connectionString)
        {
            MaxAutoPrepare = 0,
            NoResetOnClose = true,
            Enlist = false,
            IncludeErrorDetail = false,
        };
        settings.ApplicationName ??= "scouthook";
        if (!settings.ShouldSerialize("Timeout"))
        {
            settings.Timeout = 5;
        }

        // A server that is gone without a word is noticed by this alone.
        if (!settings.ShouldSerialize("Command Timeout"))
        {
            settings.CommandTimeout = 15;
        }

        return settings;
    }

    /// <summary>Describes where the data is. Contains no secrets.</summary>
    public static string LocationOf(NpgsqlConnectionStringBuilder settings) => $"{settings.Database} on {settings.Host}";

    /// <exception cref="InboxRefusedException">The server is too old.</exception>
    public static void RequireVersion(NpgsqlConnection connection, string location)
    {
        if (connection.PostgreSqlVersion.Major < OldestServer)
        {
            throw new InboxRefusedException(
                $"The server of the store {location} is PostgreSQL {connection.PostgreSqlVersion}. Version {OldestServer} or later is required.");
        }
    }

    /// <summary>Opens a connection to the store, after the tables have been created or upgraded if required.</summary>
    public NpgsqlConnection Open()
    {
        EnsureUpgraded();
        return _source.OpenConnection();
    }

    /// <summary>Notes that the start logs why the database cannot be reached, so that not everything that needs it logs it again.</summary>
    public void Report() => _isReported = true;

    /// <summary>Closes idle connections: the server they were opened to may be gone.</summary>
    public void Forget()
    {
        Interlocked.Increment(ref _losses);
        _source.Clear();
        Names.Clear();
    }

    public void Dispose() => _source.Dispose();

    private void EnsureUpgraded()
    {
        lock (_gate)
        {
            if (_identity is not null)
            {
                return;
            }

            using var connection = _source.OpenConnection();
            RequireVersion(connection, Location);
            if (new PostgreSqlStatement(connection, null, "SELECT current_setting('fsync')").Scalar() is "off" && _logger is not null)
            {
                PostgreSqlLog.NoFsync(_logger, Location);
            }

            var identity = PostgreSqlSchema.Upgrade(connection, Location);
            PostgreSqlMigrationMark.Refuse(connection, Location);
            _identity = identity;
        }
    }

    /// <summary>Refuses a database that was put in the place of the one that was opened: it lacks what was acknowledged.</summary>
    private void CheckIdentity(NpgsqlConnection connection)
    {
        if (_identity is { } identity
            && !(new PostgreSqlStatement(connection, null, "SELECT to_regclass('store') IS NOT NULL").Scalar() is true
                && new PostgreSqlStatement(connection, null, "SELECT id FROM store").Scalar() is Guid found
                && found == identity))
        {
            throw new InboxUnavailableException(
                $"The database {Location} is not the store that was opened at startup. Restart to use it nevertheless.");
        }
    }
}
