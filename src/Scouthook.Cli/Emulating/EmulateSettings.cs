using Scouthook.Cli.CommandLine;
using Scouthook.Cli.Registering;

namespace Scouthook.Cli.Emulating;

/// <summary>The checked options of <c>emulate</c>.</summary>
internal sealed record EmulateSettings
{
    public required string Urls { get; init; }

    public required double Rate { get; init; }

    public required string ClientId { get; init; }

    public required string ClientSecret { get; init; }

    /// <summary>Where to send events from the start on; <see langword="null"/> for nowhere.</summary>
    public string? Webhook { get; init; }

    public string? Secret { get; init; }

    /// <exception cref="UsageException">An option is not valid.</exception>
    public static EmulateSettings From(
        string urls, double rate, string clientId, string clientSecret, string? webhook, string? secret)
    {
        var list = urls.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (list.Length == 0 || list.FirstOrDefault(url => !IsAddress(url)) is not null)
        {
            throw new UsageException(
                $"--urls must be http addresses such as http://127.0.0.1:5010, separated by semicolons; '{urls}' is not.");
        }

        if (!BusyDayControl.IsRate(rate))
        {
            throw new UsageException("--rate must be a number of events per second from 0 to 1000.");
        }

        if (clientId.Length == 0 || clientSecret.Length == 0)
        {
            throw new UsageException("--client-id and --client-secret must not be empty.");
        }

        if (webhook is null && secret is not null)
        {
            throw new UsageException("--secret is the secret of --webhook. Pass both, or neither.");
        }

        return new EmulateSettings
        {
            Urls = urls,
            Rate = rate,
            ClientId = clientId,
            ClientSecret = clientSecret,
            Webhook = webhook is null || IsUrl(webhook)
                ? webhook
                : throw new UsageException($"--webhook must be a full URL such as http://127.0.0.1:5000/webhook; '{webhook}' is not."),
            Secret = webhook is null ? null : ReadSecret(secret),
        };
    }

    private static string ReadSecret(string? secret)
    {
        var known = secret ?? Environment.GetEnvironmentVariable(CommonOptions.SecretVariable);
        if (string.IsNullOrWhiteSpace(known))
        {
            throw new UsageException($"No secret given for --webhook. Pass --secret or set {CommonOptions.SecretVariable}.");
        }

        _ = CommonOptions.ToSigningSecret(known);
        SecretOptions.WarnAboutLength(known);

        return known;
    }

    private static bool IsUrl(string text) => Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is "http" or "https";

    /// <summary>Accepts what Kestrel listens on, including all addresses as <c>http://*:5010</c> and <c>http://+:5010</c>.</summary>
    private static bool IsAddress(string text) =>
        Uri.TryCreate(text.Replace("://*", "://0.0.0.0", StringComparison.Ordinal).Replace("://+", "://0.0.0.0", StringComparison.Ordinal), UriKind.Absolute, out var url)
        && url.Scheme == "http"
        && url.PathAndQuery == "/";
}
