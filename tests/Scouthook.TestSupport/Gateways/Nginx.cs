using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Scouthook.TestSupport.Gateways;

/// <summary>A real nginx in front of local ports, with its own configuration instead of the system's.</summary>
internal sealed class Nginx : IAsyncDisposable
{
    /// <summary>What a configuration for a test begins with, instead of <c>events {}</c>.</summary>
    public const string Preamble =
        """
        daemon off;
        master_process off;
        pid nginx.pid;
        error_log error.log;
        events { worker_connections 4096; }
        """;

    /// <summary>The files of a configuration for a test, in its own directory.</summary>
    public const string Paths =
        """
        access_log access.log;
        client_body_temp_path body;
        proxy_temp_path proxy;
        fastcgi_temp_path fastcgi;
        uwsgi_temp_path uwsgi;
        scgi_temp_path scgi;
        """;

    private const int MaxAttempts = 5;

    private readonly Folder _folder = new();
    private readonly Process _process;

    /// <param name="configuration">Makes the configuration for a port to listen at.</param>
    private Nginx(Func<int, string> configuration)
    {
        using (var free = new TcpListener(IPAddress.Loopback, 0))
        {
            free.Start();
            Port = ((IPEndPoint)free.LocalEndpoint).Port;
        }

        File.WriteAllText(_folder["nginx.conf"], configuration(Port));
        _process = Process.Start(Executable(), ["-p", _folder.Path, "-e", "error.log", "-c", "nginx.conf"]);
    }

    public int Port { get; }

    /// <summary>The completed requests, one per line.</summary>
    public string Finished => File.Exists(_folder["access.log"]) ? File.ReadAllText(_folder["access.log"]) : "";

    /// <param name="to">The port all requests are forwarded to.</param>
    /// <param name="directives">Directives in addition to <c>proxy_pass</c>.</param>
    public static Task<Nginx> StartAsync(int to, string directives = "") => StartAsync([to], directives);

    /// <param name="to">The ports that requests are forwarded to, in turn.</param>
    /// <param name="directives">Directives in addition to <c>proxy_pass</c>.</param>
    public static Task<Nginx> StartAsync(IReadOnlyList<int> to, string directives = "") => ConfiguredAsync(port => string.Create(
        CultureInfo.InvariantCulture,
        $$"""
        {{Preamble}}
        http {
          {{Paths}}
          upstream proxied { {{string.Concat(to.Select(each => $"server 127.0.0.1:{each}; "))}}keepalive 32; }
          server {
            listen 127.0.0.1:{{port}};
            location / { proxy_pass http://proxied; {{directives}} }
          }
        }
        """));

    /// <summary>Starts it with a configuration.</summary>
    /// <param name="configuration">Makes the configuration for a port to listen at.</param>
    public static async Task<Nginx> ConfiguredAsync(Func<int, string> configuration)
    {
        for (var attempt = 1; ; attempt++)
        {
            var nginx = new Nginx(configuration);
            if (await nginx.ListensAsync())
            {
                return nginx;
            }

            // Another process has taken the port in the meantime.
            var log = File.Exists(nginx._folder["error.log"]) ? File.ReadAllText(nginx._folder["error.log"]) : "";
            await nginx.DisposeAsync();
            Assert.True(attempt < MaxAttempts && log.Contains("bind()", StringComparison.Ordinal), $"nginx does not start: {log}");
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            await _process.WaitForExitAsync(CancellationToken.None);
        }

        _process.Dispose();
        _folder.Dispose();
    }

    /// <summary>Debian installs nginx in a directory that is not on every user's path.</summary>
    private static string Executable() =>
        new[] { "/usr/sbin/nginx", "/usr/local/sbin/nginx", "/usr/bin/nginx" }.FirstOrDefault(File.Exists) ?? "nginx";

    private async Task<bool> ListensAsync()
    {
        var listens = false;
        await Eventually.AnswersTrueAsync(
            async () =>
            {
                using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
                try
                {
                    await socket.ConnectAsync(IPAddress.Loopback, Port);
                    listens = !_process.HasExited;
                }
                catch (SocketException)
                {
                    // Not listening yet.
                }

                return listens || _process.HasExited;
            },
            "nginx listens or ends");
        return listens;
    }
}
