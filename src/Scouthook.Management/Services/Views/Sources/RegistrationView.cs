using System.ComponentModel.DataAnnotations;
using Scouthook.Management.Watching;

namespace Scouthook.Management.Services.Views.Sources;

/// <summary>The registrations of a source in Help Scout, as of the last check.</summary>
/// <param name="State"><c>ok</c>, <c>disabled</c>, <c>changed</c> or <c>unknown</c>.</param>
/// <param name="Problems">Every problem, in a sentence.</param>
/// <param name="CheckedAt">When they were checked.</param>
internal sealed record RegistrationView(
    [property: AllowedValues("ok", "disabled", "changed", "unknown")] string State, IReadOnlyList<string> Problems, DateTimeOffset CheckedAt)
{
    public static RegistrationView From(RegistrationStatus status) => new(
        status.State switch
        {
            RegistrationCondition.Ok => "ok",
            RegistrationCondition.Disabled => "disabled",
            RegistrationCondition.Changed => "changed",
            _ => "unknown",
        },
        status.Problems,
        status.CheckedAt);
}
