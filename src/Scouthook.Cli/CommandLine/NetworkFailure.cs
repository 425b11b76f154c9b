using Scouthook.Testing;

namespace Scouthook.Cli.CommandLine;

/// <summary>Describes a missing response, with the same words for the same cause in every command.</summary>
internal static class NetworkFailure
{
    public const string Refused = "connection refused";
    public const string UnknownHost = "unknown host";
    public const string Tls = "TLS failed";
    public const string Timeout = "no answer in time";
    public const string Broken = "connection broken";

    /// <summary>Returns whether an exception comes from the network; running out of time is for the caller to judge.</summary>
    public static bool IsOne(Exception exception) =>
        exception is not OperationCanceledException && HelpScoutSender.FailureOf(exception) is not null;

    public static string Describe(Exception exception) =>
        Describe(HelpScoutSender.FailureOf(exception) ?? SendFailure.ConnectionBroken);

    public static string Describe(SendFailure failure) => failure switch
    {
        SendFailure.ConnectionRefused => Refused,
        SendFailure.UnknownHost => UnknownHost,
        SendFailure.TlsFailed => Tls,
        SendFailure.TimedOut => Timeout,
        _ => Broken,
    };
}
