using System.CommandLine;
using Scouthook.Cli.CommandLine;

namespace Scouthook.Cli.Registering;

/// <summary>The argument that names one registration.</summary>
internal static class RegistrationId
{
    public static Argument<long> Argument() => new("id")
    {
        Description = "The id of the registration, as scouthook webhooks list shows it.",
    };

    public static CommandFailedException NotFound(long id) =>
        new($"There is no registration {id}. To list the registrations, run scouthook webhooks list.");
}
