using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Npgsql;
using Scouthook.Benchmarks.Measuring;

namespace Scouthook.Benchmarks.Servers;

/// <summary>
/// A PostgreSQL server with its default settings, which syncs every commit, in a directory of its own. It ends with this
/// process: a shell waits for the end of its input. As it refuses to run as root, it then runs as the user postgres.
/// </summary>
internal sealed class PostgreSqlProcess : IAsyncDisposable
{
    private const string Script =
        """
        umask 077
        cd "$DIRECTORY" || exit 1
        "$BIN/initdb" -D data -U postgres -A trust -E UTF8 --locale=C > initdb.log 2>&1 || { cat initdb.log >&2; exit 1; }
        printf '%s\n' "listen_addresses = '127.0.0.1'" "unix_socket_directories = '$DIRECTORY'" "max_connections = 200" \
          'shared_buffers = 512MB' 'max_wal_size = 4GB' 'autovacuum_naptime = 5s' >> data/postgresql.conf
        "$BIN/pg_ctl" -D data -o "-p $PORT" -l server.log -w -t 120 start > /dev/null 2>&1 || { cat server.log >&2; exit 1; }
        echo ready
        cat > /dev/null
        "$BIN/pg_ctl" -D data -m immediate -w stop > /dev/null 2>&1
        """;

    private readonly DirectoryInfo _directory;
    private readonly Process _process;
    private readonly int _port;
    private int _databases;
    private bool _isShared;

    private PostgreSqlProcess(DirectoryInfo directory, Process process, int port)
    {
        _directory = directory;
        _process = process;
        _port = port;
    }

    /// <summary>Starts a server for one benchmark. Where figures mean nothing, all benchmarks share one.</summary>
    public static Task<PostgreSqlProcess> StartAsync(Run run) =>
        run.Effort.IsSmoke ? run.KeepAsync(() => StartAsync(isShared: true), server => server.EndAsync()) : StartAsync(isShared: false);

    private static async Task<PostgreSqlProcess> StartAsync(bool isShared)
    {
        var directory = Directory.CreateTempSubdirectory("scouthook-benchmark-");
        var isRoot = Environment.UserName == "root";
        if (isRoot)
        {
            using var chown = Process.Start("chown", ["postgres:", directory.FullName]);
            await chown.WaitForExitAsync();
        }

        var port = FreePort();
        string[] command = isRoot ? ["--wait", "runuser", "-u", "postgres", "--", "sh", "-c", Script] : ["--wait", "sh", "-c", Script];
        var start = new ProcessStartInfo("setsid", command) { RedirectStandardInput = true, RedirectStandardOutput = true, WorkingDirectory = "/" };
        start.Environment["DIRECTORY"] = directory.FullName;
        start.Environment["BIN"] = Programs();
        start.Environment["PORT"] = port.ToString(CultureInfo.InvariantCulture);
        var process = Process.Start(start)!;
        return await process.StandardOutput.ReadLineAsync() is "ready"
            ? new PostgreSqlProcess(directory, process, port) { _isShared = isShared }
            : throw new InvalidOperationException("PostgreSQL did not start.");
    }

    /// <summary>Creates a database and returns its connection string.</summary>
    public async Task<string> CreateAsync()
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"scouthook_{++_databases}");
        await using var connection = new NpgsqlConnection(ConnectionString("postgres") + ";Pooling=false");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand($"CREATE DATABASE {name}", connection);
        await command.ExecuteNonQueryAsync();
        return ConnectionString(name);
    }

    public ValueTask DisposeAsync() => _isShared ? default : EndAsync();

    private async ValueTask EndAsync()
    {
        _process.StandardInput.Close();
        await _process.WaitForExitAsync();
        _process.Dispose();
        _directory.Delete(recursive: true);
    }

    private static string Programs() => Directory.Exists("/usr/lib/postgresql")
        ? Directory.GetDirectories("/usr/lib/postgresql").Select(version => Path.Combine(version, "bin"))
            .Last(bin => File.Exists(Path.Combine(bin, "initdb")))
        : throw new InvalidOperationException("PostgreSQL is not installed.");

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private string ConnectionString(string database) => string.Create(
        CultureInfo.InvariantCulture, $"Host=127.0.0.1;Port={_port};Username=postgres;Database={database}");
}
