using System.CommandLine;
using Scouthook.Cli.CommandLine;
using Scouthook.Registrations.Model;

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

    /// <summary>Explains a rejected change of a registration with an event that only Help Scout's own pages offer.</summary>
    /// <returns>A sentence after a space; empty if the error has another cause.</returns>
    public static string EventAdvice(WebhookRegistration registration, HelpScoutApiException exception)
    {
        var others = registration.Events.Except(AcceptedEvents.All).ToList();
        return others.Count > 0 && exception.Errors.Any(error => error.Path.StartsWith("events", StringComparison.Ordinal))
            ? $" Registration {registration.Id} sends {string.Join(", ", others)}, which the API does not accept. Change it in Help Scout under "
                + $"Manage > Apps > Webhooks, or remove the event with scouthook webhooks update {registration.Id} --all-events."
            : "";
    }
}
