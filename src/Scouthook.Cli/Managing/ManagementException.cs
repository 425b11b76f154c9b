using System.Net;
using Scouthook.Cli.CommandLine;

namespace Scouthook.Cli.Managing;

/// <summary>The gateway could not be asked, or did not do what was asked; the message says what to do.</summary>
internal sealed class ManagementException(string message, HttpStatusCode? status = null) : CommandFailedException(message)
{
    /// <summary>
    /// What the gateway answered in its own words; <see langword="null"/> if nothing did, or something else, such as a proxy
    /// before a gateway that is starting.
    /// </summary>
    public HttpStatusCode? Status { get; } = status;
}
