using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Logging.Console;
using Microsoft.Extensions.Options;
using Scouthook.AspNetCore.Configuring;
using Scouthook.Cli.CommandLine;
using Scouthook.Gateway.Configuration;
using Scouthook.Gateway.Connections;
using Scouthook.Gateway.Hosting;
using Scouthook.Inbox.Storage;
using Scouthook.Management.Authentication;

namespace Scouthook.Cli.Serving;

/// <summary>Runs a gateway in this process until it is stopped.</summary>
internal sealed class GatewayServer(ServeSettings settings)
{
    /// <returns>The exit code of the command.</returns>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            PollFiles();
            await using (var app = GatewayHost.Build(Configure, settings.IsVerbose ? RequestLog.Use : null))
            {
                ListenerCheck.ThrowIfInUse(app.Services);
                await StartAsync(app, cancellationToken);
                ShowThatItIsReady(app);
                await app.WaitForShutdownAsync(cancellationToken);
            }

            await StandardOutput.TryWriteLastLineAsync("Scouthook has stopped.");
            return ExitCode.Ok;
        }
        catch (OptionsValidationException exception)
        {
            StandardOutput.TryWriteError("scouthook serve: The gateway did not start because of invalid settings:");
            foreach (var failure in exception.Failures)
            {
                StandardOutput.TryWriteError($"  {failure}");
            }

            if (exception.Failures.Any(failure => failure.Contains(":Secrets:0 is not set", StringComparison.Ordinal)))
            {
                StandardOutput.TryWriteError($"To set the secret of source default, pass --secret or --secret-file, or set {CommonOptions.SecretVariable}.");
            }

            return ExitCode.WrongUsage;
        }
        catch (InvalidDataException exception)
        {
            // The location of an error in a file is in the inner exceptions.
            StandardOutput.TryWriteError($"scouthook serve: The gateway did not start. {exception.Message}");
            if (exception.GetBaseException() is var reason && reason != exception)
            {
                StandardOutput.TryWriteError($"  {reason.Message}");
            }

            return ExitCode.WrongUsage;
        }
        catch (IOException exception) when (exception.InnerException is AddressInUseException)
        {
            StandardOutput.TryWriteError(
                $"scouthook serve: The gateway did not start. {exception.Message.TrimEnd('.')}. Choose another address with --urls.");
            return ExitCode.Failed;
        }
        catch (Exception exception) when (
            exception is InboxRefusedException or IOException or UnauthorizedAccessException)
        {
            StandardOutput.TryWriteError($"scouthook serve: The gateway did not start. {exception.Message}");
            return ExitCode.Failed;
        }
    }

    /// <summary>Adds the sources of the configuration and the log on the console.</summary>
    public void Configure(WebApplicationBuilder builder)
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
        if (LoggingRules.Mistake(configuration) is { } mistake)
        {
            throw new OptionsValidationException("Logging", typeof(LoggerFilterOptions), [mistake]);
        }

        builder.WebHost.UseUrls(
            settings.Urls ?? Environment.GetEnvironmentVariable("ASPNETCORE_URLS") ?? ServeSettings.DefaultUrls);

        builder.Logging.ClearProviders();
        builder.Logging.AddSimpleConsole(console =>
        {
            console.SingleLine = true;
            console.TimestampFormat = "yyyy-MM-ddTHH:mm:ss.fffZ ";
            console.UseUtcTimestamp = true;
        });
        // Without this, a reader that stops reading standard output would block the gateway.
        builder.Services.Configure<ConsoleLoggerOptions>(
            console => console.QueueFullMode = ConsoleLoggerQueueFullMode.DropWrite);
        builder.Logging.SetMinimumLevel(LogLevel.Information);
        builder.Logging.AddFilter("Microsoft", LogLevel.Warning);
        // Hides the warning that the key ring is not encrypted; docs/operations.md says so.
        builder.Logging.AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error);
        // The command reports a failed start itself; an error that stops a running host is critical.
        builder.Logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.Critical);
        builder.Logging.AddConfiguration(builder.Configuration.GetSection("Logging"));
    }

    private static async Task StartAsync(WebApplication app, CancellationToken cancellationToken)
    {
        try
        {
            await app.StartAsync(cancellationToken);
        }
        catch (Exception exception)
        {
            // Otherwise the host takes the end of its background services for a crash, and logs it with a stack trace.
            await app.StopAsync(CancellationToken.None);

            // The server can't use its addresses, for example https without a certificate.
            throw exception is InvalidOperationException ? new IOException(exception.Message, exception) : exception;
        }
    }

    /// <summary>Must never end the gateway, which may run with its output closed.</summary>
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

        string? line = null;
        var publication = adminKey.Publish(text => StandardOutput.TryWriteLine(line = text));
        if (publication is AdminKeyPublication.Stored or AdminKeyPublication.NotStored || !Console.IsOutputRedirected)
        {
            var source = app.Services.GetRequiredService<LiveSettings>().Current.Sources.Values.First();
            StandardOutput.TryWrite(NextSteps.Text(StartupBanner.Addresses(app), source.Path, NextSteps.KeyOf(line)));
        }

        if (NextSteps.Warning(StartupBanner.Addresses(app)) is { } warning)
        {
            StandardOutput.TryWriteError(warning);
        }

        if (publication is AdminKeyPublication.NotShown)
        {
            StandardOutput.TryWriteError(
                "The admin key could not be shown because standard output is closed or full, so it was not stored. Do one of these: "
                + "restart the gateway with readable output, and it prints another; set Scouthook:Gateway:AdminKey; or stop the "
                + "gateway and run scouthook keys create --name me --role admin --data DIR.");
        }
    }

    /// <summary>Makes the server poll its certificate files, because this machine may have no file watcher left.</summary>
    private static void PollFiles()
    {
        const string variable = "DOTNET_USE_POLLING_FILE_WATCHER";
        if (Environment.GetEnvironmentVariable(variable) is null)
        {
            Environment.SetEnvironmentVariable(variable, "true");
        }
    }
}
