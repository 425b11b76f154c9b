using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using Npgsql;
using Scouthook.Inbox.Model;

namespace Scouthook.Inbox.PostgreSql;

/// <summary>Notifications between nodes, or polling where they do not arrive.</summary>
internal sealed class PostgreSqlListening(PostgreSqlDatabase database, string connectionString, TimeProvider timeProvider)
{
    private const string ChannelName = "scouthook";

    /// <summary>How often to check for the commits of other nodes without notifications.</summary>
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(250);

    private static readonly TimeSpan ProbeTime = TimeSpan.FromSeconds(2);

    /// <summary>How long a connection may be silent before it is checked: a server that is gone sends nothing.</summary>
    private static readonly TimeSpan KeepAlive = TimeSpan.FromSeconds(10);

    /// <summary>How long to poll before listening is tried again.</summary>
    private static readonly TimeSpan RetryAfter = TimeSpan.FromMinutes(1);

    public Guid Node { get; } = TimeOrderedId.At(timeProvider.GetUtcNow());

    public TimeProvider TimeProvider => timeProvider;

    /// <summary>True while notifications arrive; otherwise the node polls.</summary>
    public bool IsListening { get; private set; }

    /// <summary>Describes which of the two is in use.</summary>
    public string Description => IsListening
        ? "This node is notified of the commits of other nodes."
        : $"This node looks for the commits of other nodes every {PollInterval.TotalMilliseconds:0} ms, because it gets no notifications. "
            + "Through a pooler in transaction mode, Scouthook:Inbox:PostgreSql:ListenConnectionString must be a direct connection to get them.";

    public async Task SendAsync(string payload, CancellationToken cancellationToken)
    {
        await using var connection = await Task.Run(database.Open, cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await using var batch = new NpgsqlBatch(connection, transaction);
        batch.BatchCommands.Add(new NpgsqlBatchCommand("SET LOCAL synchronous_commit = off"));
        batch.BatchCommands.Add(new NpgsqlBatchCommand($"SELECT pg_notify('{ChannelName}', $1)")
        {
            Parameters = { new NpgsqlParameter<string> { TypedValue = payload } },
        });
        await batch.ExecuteNonQueryAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    /// <summary>Reports the commits of other nodes until it is stopped.</summary>
    /// <param name="received">Gets the payload of each notification.</param>
    /// <param name="poll">Checks everything: the commits of other nodes are unknown.</param>
    /// <param name="logger">Logs which of the two is in use.</param>
    /// <param name="cancellationToken">Set when the app is stopping.</param>
    public async Task RunAsync(Action<string> received, Action poll, ILogger logger, CancellationToken cancellationToken)
    {
        bool? wasListening = null;
        while (!cancellationToken.IsCancellationRequested)
        {
            var isAway = false;
            try
            {
                await ListenAsync(received, poll, () =>
                {
                    IsListening = true;
                    if (wasListening is not true)
                    {
                        PostgreSqlLog.Listening(logger, database.Location);
                    }

                    wasListening = true;
                }, cancellationToken);
            }
            catch (Exception) when (!cancellationToken.IsCancellationRequested)
            {
                // The server is away, refuses the connection or is another store; polled until it is back.
                isAway = true;
            }

            IsListening = false;
            if (!isAway && wasListening is not false)
            {
                PostgreSqlLog.Polling(logger, database.Location, (int)PollInterval.TotalMilliseconds);
                wasListening = false;
            }

            await PollAsync(poll, isAway ? TimeSpan.FromSeconds(1) : RetryAfter, cancellationToken);
        }
    }

    private async Task PollAsync(Action poll, TimeSpan during, CancellationToken cancellationToken)
    {
        var started = timeProvider.GetTimestamp();
        while (timeProvider.GetElapsedTime(started) < during)
        {
            await Task.Delay(PollInterval, timeProvider, cancellationToken);
            poll();
        }
    }

    /// <summary>Listens until the connection is lost; returns at once if a notification to itself does not arrive.</summary>
    private async Task ListenAsync(Action<string> received, Action poll, Action arrived, CancellationToken cancellationToken)
    {
        var settings = PostgreSqlDatabase.Settings(connectionString);
        settings.Pooling = false;
        await using var connection = new NpgsqlConnection(settings.ConnectionString);
        var probe = "probe " + TimeOrderedId.At(timeProvider.GetUtcNow()).ToString("N");
        var found = Channel.CreateBounded<bool>(1);
        connection.Notification += (_, notification) =>
        {
            if (notification.Payload == probe)
            {
                found.Writer.TryWrite(true);
            }
            else
            {
                received(notification.Payload);
            }
        };
        await connection.OpenAsync(cancellationToken);
        await using (var command = new NpgsqlCommand($"LISTEN {ChannelName}", connection))
        {
            await command.ExecuteNonQueryAsync(cancellationToken);
        }

        await SendAsync(probe, cancellationToken);
        if (!await connection.WaitAsync(ProbeTime, cancellationToken) && !found.Reader.TryRead(out _))
        {
            return;
        }

        arrived();

        // What was committed before is not notified any more.
        poll();
        while (true)
        {
            if (!await connection.WaitAsync(KeepAlive, cancellationToken))
            {
                await using var command = new NpgsqlCommand("SELECT 1", connection);
                await command.ExecuteNonQueryAsync(cancellationToken);
            }
        }
    }
}
