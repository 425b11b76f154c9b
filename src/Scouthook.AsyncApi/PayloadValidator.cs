using System.Collections.Immutable;
using Scouthook.AsyncApi.Validating;
using Scouthook.Events;

namespace Scouthook.AsyncApi;

/// <summary>Checks bodies against the contract.</summary>
/// <remarks>
/// Receiving does not use it: Scouthook reads every body it can, whether or not it matches the contract. It is meant
/// for tests, and for finding out how a body differs.
/// </remarks>
public static class PayloadValidator
{
    /// <summary>Checks whether a body matches the contract for an event.</summary>
    /// <param name="type">The type of the event; <see cref="HelpScoutEventCatalog.Find(string?)"/> finds it by its name.</param>
    /// <param name="body">The body as received.</param>
    /// <returns>Every place that violates the contract, in the order of the body; empty if there is none.</returns>
    public static ImmutableArray<PayloadViolation> Validate(HelpScoutEventType type, ReadOnlySpan<byte> body)
    {
        ArgumentNullException.ThrowIfNull(type);
        ReleaseCheck.Require(typeof(HelpScoutEventType).Assembly);

        using var json = BodyReader.Read(body, out var unreadable);
        ImmutableArray<Violation> violations = json is null
            ? [unreadable!]
            : BodySchemas.Validate(type.PayloadClrType.Name, json.RootElement);
        return [.. violations.Select(violation => new PayloadViolation(violation.Location, violation.Message))];
    }

    /// <summary>Finds the events whose payload a body resembles most, by the names of its members.</summary>
    /// <param name="body">The body as received.</param>
    /// <returns>
    /// The types that share the most similar payload, in the order of the catalogue; empty if the body is not a JSON object
    /// or has no member that any payload has.
    /// </returns>
    /// <remarks>
    /// Several events share each payload, so this never identifies the event: only the header of the request does. The
    /// body need not be valid.
    /// </remarks>
    public static ImmutableArray<HelpScoutEventType> FindClosest(ReadOnlySpan<byte> body)
    {
        ReleaseCheck.Require(typeof(HelpScoutEventType).Assembly);

        using var json = BodyReader.Read(body, out _);
        var payload = json is null ? null : BodySchemas.FindClosest(json.RootElement);
        return [.. HelpScoutEventCatalog.All.Where(type => type.PayloadClrType.Name == payload)];
    }
}
