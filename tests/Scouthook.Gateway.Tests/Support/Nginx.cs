using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Scouthook.Gateway.Tests.Support;

/// <summary>A real nginx in front of a gateway, with a configuration and files of its own.</summary>
internal sealed class Nginx : IAsyncDisposable
{
    private readonly Process _process;

    private Nginx(Process process, int port)
    {
        _process = process;
        Port = port;
    }

    public int Port { get; }

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public static async Task<Nginx> StartAsync(string folder, int gatewayPort)
    {
        var port = FreePort();
        var directory = Directory.CreateDirectory(Path.Combine(folder, "nginx")).FullName;
        var configuration = Path.Combine(directory, "nginx.conf");
        await File.WriteAllTextAsync(configuration, Configuration(directory, port, gatewayPort), Cancelled);
        const string debian = "/usr/sbin/nginx";
        var start = new ProcessStartInfo(File.Exists(debian) ? debian : "nginx", ["-c", configuration, "-p", directory, "-e", Path.Combine(directory, "error.log")]);
        var nginx = new Nginx(Process.Start(start)!, port);
        await Eventually.AnswersTrueAsync(
            async () =>
            {
                using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
                try
                {
                    await socket.ConnectAsync(IPAddress.Loopback, port, Cancelled);
                    return true;
                }
                catch (SocketException)
                {
                    return false;
                }
            },
            "nginx listens");
        return nginx;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
        }

        await _process.WaitForExitAsync(CancellationToken.None);
        _process.Dispose();
    }

    private static int FreePort()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }

    private static string Configuration(string directory, int port, int gatewayPort)
    {
        // Only root may choose, and then the workers must be able to write to the folder of the test.
        var user = Environment.IsPrivilegedProcess ? "user root;" : "";
        return string.Create(CultureInfo.InvariantCulture, $$"""
            {{user}}
            daemon off;
            worker_processes 1;
            pid {{directory}}/nginx.pid;
            events { worker_connections 4096; }
            http {
              access_log off;
              client_max_body_size 11m;
              client_body_temp_path {{directory}}/body;
              proxy_temp_path {{directory}}/proxy;
              fastcgi_temp_path {{directory}}/fastcgi;
              uwsgi_temp_path {{directory}}/uwsgi;
              scgi_temp_path {{directory}}/scgi;
              upstream gateway { server 127.0.0.1:{{gatewayPort}}; keepalive 32; }
              server {
                listen 127.0.0.1:{{port}};
                location / {
                  proxy_pass http://gateway;
                  proxy_http_version 1.1;
                  proxy_set_header Connection "";
                  proxy_set_header Host $host;
                  proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
                }
              }
            }
            """);
    }
}
