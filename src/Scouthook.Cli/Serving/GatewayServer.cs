using Microsoft.Extensions.Logging.Console;
using Microsoft.Extensions.Options;
using Scouthook.Cli.CommandLine;
using Scouthook.Gateway.Configuration;
using Scouthook.Gateway.Hosting;
using Scouthook.Inbox.Storage;
using Scouthook.Management.Authentication;

namespace Scouthook.Cli.Serving;

/// <summary>Runs a gateway in this process until it is told to stop.</summary>
internal sealed class GatewayServer(ServeSettings settings)
{
    /// <returns>The exit code of the command.</returns>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            PollFiles();
            await using var app = GatewayHost.Build(Configure);
            await StartAsync(app, cancellationToken);
            ShowThatItIsReady(app);
            await app.WaitForShutdownAsync(cancellationToken);
            return ExitCode.Ok;
        }
        catch (OptionsValidationException problem)
        {
            Console.Error.WriteLine("The gateway was not started. Its settings have mistakes:");
            foreach (var mistake in problem.Failures)
            {
                Console.Error.WriteLine($"  {mistake}");
            }

            return ExitCode.WrongUsage;
        }
        catch (InvalidDataException problem)
        {
            // The place of a mistake in a file is in the inner exceptions.
            Console.Error.WriteLine($"The gateway was not started. {problem.Message}");
            if (problem.GetBaseException() is var reason && reason != problem)
            {
                Console.Error.WriteLine($"  {reason.Message}");
            }

            return ExitCode.WrongUsage;
        }
        catch (Exception problem) when (
            problem is InboxRefusedException or IOException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine($"The gateway was not started. {problem.Message}");
            return ExitCode.NotSo;
        }
    }

    private static async Task StartAsync(WebApplication app, CancellationToken cancellationToken)
    {
        try
        {
            await app.StartAsync(cancellationToken);
        }
        catch (InvalidOperationException problem)
        {
            // What the server cannot do with its addresses, such as https without a certificate.
            throw new IOException(problem.Message, problem);
        }
    }

    /// <summary>Nothing of it may end the gateway: it may well run where nobody reads, its output closed.</summary>
    private static void ShowThatItIsReady(WebApplication app)
    {
        using var notice = new StringWriter();
        StartupBanner.Write(notice, app);
        StandardOutput.TryWrite(notice.ToString());

        var adminKey = app.Services.GetRequiredService<AdminKey>();
        if (adminKey.Damage is { } damage)
        {
            StandardOutput.TryWriteError(damage);
        }

        if (adminKey.Publish(StandardOutput.TryWriteLine) is AdminKeyPublication.NotShown)
        {
            StandardOutput.TryWriteError(
                "The admin key could not be shown, as standard output is closed or full, so it was not stored. Start the gateway "
                + "where its output can be read and the next start makes another, set Scouthook:Gateway:AdminKey, or stop the "
                + "gateway and run: scouthook keys create --data DIR --name NAME --role admin");
        }
    }

    /// <summary>Has the server compare its certificate files, as no watcher may be left on this machine.</summary>
    private static void PollFiles()
    {
        const string variable = "DOTNET_USE_POLLING_FILE_WATCHER";
        if (Environment.GetEnvironmentVariable(variable) is null)
        {
            Environment.SetEnvironmentVariable(variable, "true");
        }
    }

    private void Configure(WebApplicationBuilder builder)
    {
        var configuration = builder.Configuration;
        configuration.Sources.Clear();
        configuration.Sources.Add(new PollingJsonFile(
            Path.GetFullPath(settings.ConfigFile ?? ServeSettings.DefaultConfig),
            isOptional: settings.ConfigFile is null,
            TimeProvider.System));
        configuration.AddEnvironmentVariables();
        if (Environment.GetEnvironmentVariable(CommonOptions.SecretVariable) is { Length: > 0 } secret)
        {
            configuration.AddInMemoryCollection([new("Scouthook:Sources:default:Secrets:0", secret)]);
        }

        configuration.AddInMemoryCollection(settings.ToKeys());
        builder.WebHost.UseUrls(
            settings.Urls ?? Environment.GetEnvironmentVariable("ASPNETCORE_URLS") ?? ServeSettings.DefaultUrls);

        builder.Logging.ClearProviders();
        builder.Logging.AddSimpleConsole(console =>
        {
            console.SingleLine = true;
            console.TimestampFormat = "yyyy-MM-ddTHH:mm:ss.fffZ ";
            console.UseUtcTimestamp = true;
        });
        // Without this, whoever stops reading standard output stops the gateway: writing a line would wait for room.
        builder.Services.Configure<ConsoleLoggerOptions>(
            console => console.QueueFullMode = ConsoleLoggerQueueFullMode.DropWrite);
        builder.Logging.SetMinimumLevel(LogLevel.Information);
        builder.Logging.AddFilter("Microsoft", LogLevel.Warning);
        // That the key ring is not encrypted itself: docs/operations.md says so, once for all.
        builder.Logging.AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error);
        // A failed start is told by the command, in words; what stops a running host is critical.
        builder.Logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.Critical);
        builder.Logging.AddConfiguration(builder.Configuration.GetSection("Logging"));
    }
}
