using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace Scouthook.TestSupport.Databases;

/// <summary>A PostgreSQL server of its own, on a free port, in a temporary directory.</summary>
/// <remarks>
/// It ends with the process that started it, however that ends: a shell waits for the end of its standard input. PostgreSQL
/// refuses to run as root, so there it runs as the user postgres. It trusts every user but two: <c>guarded</c> needs a password, and
/// <c>stranger</c> is rejected.
/// </remarks>
internal sealed class PostgreSqlServer : IAsyncDisposable
{
    private const string Script =
        """
        umask 077
        cd "$DIRECTORY" || exit 1
        "$BIN/initdb" -D data -U postgres -A trust -E UTF8 --locale=C --no-sync > initdb.log 2>&1 || { cat initdb.log >&2; exit 1; }
        { printf '%s\n' 'host all guarded 127.0.0.1/32 scram-sha-256' 'host all stranger 127.0.0.1/32 reject'; cat data/pg_hba.conf; } > hba.conf
        mv hba.conf data/pg_hba.conf
        printf '%s\n' "listen_addresses = '127.0.0.1'" "unix_socket_directories = '$DIRECTORY'" "max_connections = 300" $SETTINGS >> data/postgresql.conf
        "$BIN/pg_ctl" -D data -o "-p $PORT" -l server.log -w -t 120 start > /dev/null 2>&1 || { cat server.log >&2; exit 1; }
        if [ -n "$POOLER" ]; then
          printf '%s\n' '[databases]' "* = host=127.0.0.1 port=$PORT user=postgres" '[pgbouncer]' 'listen_addr = 127.0.0.1' \
            "listen_port = $POOLER" 'unix_socket_dir =' 'auth_type = any' 'pool_mode = transaction' 'max_client_conn = 1000' \
            'default_pool_size = 8' 'ignore_startup_parameters = extra_float_digits,search_path' > pgbouncer.ini
          /usr/sbin/pgbouncer -q pgbouncer.ini > pgbouncer.log 2>&1 &
          pooler=$!
        fi
        echo ready
        cat > /dev/null
        [ -z "$pooler" ] || kill "$pooler"
        "$BIN/pg_ctl" -D data -m immediate -w stop > /dev/null 2>&1
        """;

    // Nothing waits for the disk, and nothing runs in the background.
    private static readonly string[] Fast =
    [
        "fsync=off", "full_page_writes=off", "wal_level=minimal", "max_wal_senders=0", "autovacuum=off", "max_wal_size=4GB",
        "checkpoint_timeout=1h",
    ];

    private readonly DirectoryInfo _directory;
    private readonly Process _process;
    private int _databases;

    private PostgreSqlServer(DirectoryInfo directory, Process process, int port)
    {
        _directory = directory;
        _process = process;
        Port = port;
    }

    public int Port { get; }

    /// <summary>The port of the pooler in transaction mode, if there is one.</summary>
    public int? PoolerPort { get; private init; }

    /// <summary>The directory of the programs of the server.</summary>
    public static string Programs => Directory.Exists("/usr/lib/postgresql")
        ? Directory.GetDirectories("/usr/lib/postgresql").OrderByDescending(path => int.Parse(Path.GetFileName(path), CultureInfo.InvariantCulture))
            .Select(path => Path.Combine(path, "bin")).First(path => File.Exists(Path.Combine(path, "initdb")))
        : throw new InvalidOperationException("PostgreSQL is not installed: ./test.sh installs it.");

    /// <param name="settings">Lines of postgresql.conf without spaces; by default nothing waits for the disk.</param>
    public static Task<PostgreSqlServer> StartAsync(params string[] settings) => StartAsync(null, settings);

    /// <summary>Starts a server and PgBouncer in transaction mode, which has eight connections to each database.</summary>
    public static Task<PostgreSqlServer> StartPooledAsync() => StartAsync(FreePort(), []);

    private static async Task<PostgreSqlServer> StartAsync(int? pooler, string[] settings)
    {
        var directory = Directory.CreateTempSubdirectory("scouthook-postgres-");
        var isRoot = Environment.UserName == "root";
        if (isRoot)
        {
            using var chown = Process.Start("chown", ["postgres:", directory.FullName]);
            await chown.WaitForExitAsync();
        }

        var port = FreePort();
        var start = new ProcessStartInfo
        {
            FileName = "setsid",
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = "/",
        };
        // In a session of its own: a signal to the group of the tests must not end the shell before the server.
        string[] arguments = ["--wait", .. isRoot ? ["runuser", "-u", "postgres", "--"] : Array.Empty<string>(), "sh", "-c", Script];
        Array.ForEach(arguments, start.ArgumentList.Add);
        start.Environment["DIRECTORY"] = directory.FullName;
        start.Environment["BIN"] = Programs;
        start.Environment["PORT"] = port.ToString(CultureInfo.InvariantCulture);
        start.Environment["POOLER"] = pooler?.ToString(CultureInfo.InvariantCulture) ?? "";
        start.Environment["SETTINGS"] = string.Join(' ', settings.Length > 0 ? settings : Fast);
        var process = Process.Start(start)!;
        if (await process.StandardOutput.ReadLineAsync() != "ready")
        {
            throw new InvalidOperationException($"PostgreSQL did not start: {await process.StandardError.ReadToEndAsync()}");
        }

        if (pooler is { } pooled)
        {
            await Eventually.AnswersTrueAsync(() => AcceptsAsync(pooled), "the pooler accepts connections");
        }

        return new PostgreSqlServer(directory, process, port) { PoolerPort = pooler };
    }

    /// <summary>Creates a database and returns its connection string.</summary>
    /// <param name="template">The database to copy.</param>
    public async Task<string> CreateDatabaseAsync(string template = "template1")
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"scouthook_{Interlocked.Increment(ref _databases)}");
        await ExecuteAsync($"CREATE DATABASE {name} TEMPLATE {template}");
        return ConnectionString(name);
    }

    public Task DropDatabaseAsync(string connectionString) =>
        ExecuteAsync($"DROP DATABASE IF EXISTS {new NpgsqlConnectionStringBuilder(connectionString).Database} WITH (FORCE)");

    public string ConnectionString(string database) => string.Create(
        CultureInfo.InvariantCulture, $"Host=127.0.0.1;Port={Port};Username=postgres;Database={database};Maximum Pool Size=30");

    public async Task ExecuteAsync(string sql, string database = "postgres")
    {
        await using var connection = new NpgsqlConnection(ConnectionString(database) + ";Pooling=false");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>Everything that the server has logged.</summary>
    public string ReadLog() => File.ReadAllText(Path.Combine(_directory.FullName, "server.log"));

    /// <summary>Restarts the server at once, as after a crash.</summary>
    public Task RestartAsync() => ControlAsync("restart", "-m", "immediate", "-w", "-t", "120", "-l", "server.log", "-o", $"-p {Port}");

    /// <summary>Stops the server at once, as a crash would.</summary>
    public Task StopAsync() => ControlAsync("stop", "-m", "immediate", "-w");

    /// <summary>Starts the stopped server, and waits until it accepts connections.</summary>
    public Task ContinueAsync() => ControlAsync("start", "-w", "-t", "120", "-l", "server.log", "-o", $"-p {Port}");

    public async ValueTask DisposeAsync()
    {
        _process.StandardInput.Close();
        await _process.WaitForExitAsync();
        _process.Dispose();
        _directory.Delete(recursive: true);
    }

    private async Task ControlAsync(string what, params string[] arguments)
    {
        var start = new ProcessStartInfo(Environment.UserName == "root" ? "runuser" : Path.Combine(Programs, "pg_ctl"))
        {
            WorkingDirectory = _directory.FullName,
            RedirectStandardOutput = true,
        };
        string[] all = Environment.UserName == "root" ? ["-u", "postgres", "--", Path.Combine(Programs, "pg_ctl")] : [];
        Array.ForEach([.. all, what, "-D", "data", .. arguments], start.ArgumentList.Add);
        using var process = Process.Start(start)!;
        await process.WaitForExitAsync();
        Assert.Equal(0, process.ExitCode);
    }

    private static async Task<bool> AcceptsAsync(int port)
    {
        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync(IPAddress.Loopback, port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
