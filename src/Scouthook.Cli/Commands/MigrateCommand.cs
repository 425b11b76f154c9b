using System.CommandLine;
using Scouthook.Cli.CommandLine;
using Scouthook.Cli.Managing;
using Scouthook.Cli.Migrating;
using Scouthook.Inbox.PostgreSql.Migration;
using Scouthook.Inbox.Storage;

namespace Scouthook.Cli.Commands;

/// <summary><c>scouthook migrate</c>: moves a SQLite store to PostgreSQL.</summary>
internal sealed class MigrateCommand : Command, IHasExamples
{
    private const string ConnectionVariable = "SCOUTHOOK_CONNECTION";
    private const string DatabaseName = "scouthook.db";

    private readonly TimeProvider _timeProvider;
    private readonly Option<string> _from = new("--from") { Description = "The data directory of a stopped gateway.", Required = true, HelpName = "directory" };
    private readonly Option<string?> _toFile = new("--to-file")
    {
        Description = "A file with the connection string of an empty PostgreSQL database. Default: the environment variable "
            + $"{ConnectionVariable}. It is no option of its own, to keep the password out of the process list.",
        HelpName = "path",
    };

    private readonly Option<bool> _json = CommonOptions.Json();

    public MigrateCommand(TimeProvider timeProvider)
        : base(
            "migrate",
            "Move the store of a data directory from SQLite to an empty PostgreSQL database, with its keys. The gateway must be stopped. If it is "
            + "interrupted, the same command continues. The directory stays as it is, except that an older schema is upgraded.")
    {
        _timeProvider = timeProvider;
        Options.Add(_from);
        Options.Add(_toFile);
        Options.Add(_json);
        SetAction(RunAsync);
    }

    public IReadOnlyList<(string Does, string Example)> Examples { get; } =
    [
        ("with the connection string in a file", "scouthook migrate --from /var/lib/scouthook --to-file connection.txt"),
        ("with the connection string in the environment", $"{ConnectionVariable}='Host=db;Database=scouthook;Username=app;Password=…' scouthook migrate --from ./scouthook-data"),
    ];

    private async Task<int> RunAsync(ParseResult parseResult, CancellationToken cancellationToken)
    {
        var json = parseResult.GetValue(_json);
        var directory = Path.GetFullPath(parseResult.GetRequiredValue(_from));
        var file = Path.Combine(directory, DatabaseName);
        if (!File.Exists(file) || new FileInfo(file).Length == 0)
        {
            throw new UsageException($"There is no store at {file}. Pass the data directory of the gateway with --from.");
        }

        var connectionString = await ReadConnectionStringAsync(parseResult, cancellationToken);
        var startedAt = _timeProvider.GetTimestamp();
        try
        {
            var moved = await MigrationView.RunAsync(
                json, report => new PostgreSqlMigration(directory, file, connectionString, report).RunAsync(cancellationToken));
            Show(moved, directory, _timeProvider.GetElapsedTime(startedAt), json);
            return ExitCode.Ok;
        }
        catch (InboxRefusedException exception)
        {
            throw new ManagementException(exception.Message);
        }
        catch (InboxUnavailableException exception)
        {
            throw new ManagementException($"{exception.Message} The same command continues where it stopped.");
        }
        catch (OperationCanceledException)
        {
            StandardOutput.TryWriteError("Interrupted. The same command continues where it stopped.");
            throw;
        }
    }

    private async Task<string> ReadConnectionStringAsync(ParseResult parseResult, CancellationToken cancellationToken)
    {
        var path = parseResult.GetValue(_toFile);
        var (text, name) = path is null
            ? (Environment.GetEnvironmentVariable(ConnectionVariable), ConnectionVariable)
            : (await ReadFileAsync(path, cancellationToken), path);
        if (string.IsNullOrWhiteSpace(text))
        {
            throw new UsageException(path is null
                ? $"No connection string given. Pass a file with --to-file, or set {ConnectionVariable}."
                : $"{path} is empty. It must contain the connection string.");
        }

        return PostgreSqlStoreServiceCollectionExtensions.FindProblem(text.Trim()) is { } problem
            ? throw new UsageException($"The connection string in {name} {problem}")
            : text.Trim();
    }

    private static async Task<string> ReadFileAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            return await File.ReadAllTextAsync(path, cancellationToken);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"Cannot read {path}: {exception.Message}");
        }
    }

    private static void Show(MigrationResult moved, string directory, TimeSpan took, bool json)
    {
        if (json)
        {
            JsonOutput.Write(new
            {
                from = directory,
                to = moved.Location,
                storeId = moved.StoreId,
                schemaBefore = moved.SchemaBefore,
                schema = moved.Schema,
                resumed = moved.IsResumed,
                seconds = Math.Round(took.TotalSeconds, 1),
                tables = moved.Tables,
            });
            return;
        }

        var counts = new[]
        {
            Count(moved, "event", "event"), Count(moved, "delivery", "delivery", "deliveries"), Count(moved, "attempt", "attempt"),
            Count(moved, "endpoint", "endpoint"), Count(moved, "api_key", "API key"), Count(moved, "audit", "audit entry", "audit entries"),
        };
        Prose.WriteLine($"Moved to {moved.Location}: {string.Join(", ", counts)}.");
        Prose.WriteLine($"Verified: number and hash of the rows are equal in all {moved.Tables.Count} tables.");
        if (moved.SchemaBefore < moved.Schema)
        {
            Prose.WriteLine($"The schema in {directory} was upgraded from version {moved.SchemaBefore} to {moved.Schema}. Nothing else was changed there.");
        }

        Prose.WriteLine(
            $"""

            Next:
              1. Set Scouthook:Inbox:Store to PostgreSql and Scouthook:Inbox:PostgreSql:ConnectionString to this database.
              2. Start the gateway with the same --data {directory}, which still holds the admin key.
              3. Keep {DatabaseName} in it as a backup. It receives nothing more: do not go back to it once the gateway has started.
            """);
    }

    private static string Count(MigrationResult moved, string table, string one, string? several = null)
    {
        var rows = moved.RowsOf(table);
        return FormattableString.Invariant($"{rows:N0} {(rows == 1 ? one : several ?? one + "s")}");
    }
}
