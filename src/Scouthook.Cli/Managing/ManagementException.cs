using System.Net;
using Scouthook.Cli.CommandLine;

namespace Scouthook.Cli.Managing;

/// <summary>The gateway could not be reached or did not carry out a request; the message says what to do.</summary>
internal sealed class ManagementException(string message, HttpStatusCode? status = null) : CommandFailedException(message)
{
    /// <summary>
    /// The status of a gateway's own response; <see langword="null"/> if there was no response, or one from something else,
    /// such as a proxy in front of a gateway that is starting.
    /// </summary>
    public HttpStatusCode? Status { get; } = status;

    /// <summary>The message for a gateway that does not respond.</summary>
    public static string NoResponse(Uri address) => $"No response from the gateway at {address.Authority}. Is it running, and is the address correct?";
}
