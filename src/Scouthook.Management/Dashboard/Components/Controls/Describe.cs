using System.Globalization;
using Scouthook.Inbox.Model;
using Scouthook.Management.Services;

namespace Scouthook.Management.Dashboard.Components.Controls;

/// <summary>States, outcomes and refusals in words.</summary>
internal static class Describe
{
    public static string State(string state) => state switch
    {
        "deadLettered" => "dead letter",
        "leased" => "being attempted",
        _ => state,
    };

    public static string Outcome(string outcome) => outcome switch
    {
        "timedOut" => "timed out",
        "connectionFailed" => "connection failed",
        "tlsFailed" => "TLS failed",
        "addressRefused" => "address not allowed",
        "invalidResponse" => "invalid response",
        "handlerFailed" => "handler failed",
        "retryLater" => "asked to retry later",
        "givenUp" => "given up",
        "secretUnreadable" => "secret unreadable",
        _ => outcome,
    };

    /// <summary>Describes a duration; its number and unit stay on one line.</summary>
    public static string Duration(double? milliseconds) => milliseconds switch
    {
        null => "–",
        < 1 => "<1\u00a0ms",
        < 1_000 => string.Create(CultureInfo.InvariantCulture, $"{milliseconds:0}\u00a0ms"),
        < 60_000 => string.Create(CultureInfo.InvariantCulture, $"{milliseconds / 1_000:0.0}\u00a0s"),
        < 3_600_000 => string.Create(CultureInfo.InvariantCulture, $"{milliseconds / 60_000:0.#}\u00a0min"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{milliseconds / 3_600_000:0.#}\u00a0h"),
    };

    public static string Durations(double? p50, double? p99) => p50 is null && p99 is null ? "–" : $"{Duration(p50)} · {Duration(p99)}";

    /// <summary>Describes the time that one value of a plot stands for.</summary>
    public static string Span(TimeSpan span) => span switch
    {
        { TotalSeconds: < 60 } => Count((long)span.TotalSeconds, "second"),
        { TotalMinutes: < 60 } => Count((long)span.TotalMinutes, "minute"),
        _ => Count((long)span.TotalHours, "hour"),
    };

    public static string Number(long number) => number.ToString("#,0", CultureInfo.InvariantCulture);

    public static string Size(int bytes) => bytes < 1_024
        ? $"{bytes} bytes"
        : string.Create(CultureInfo.InvariantCulture, $"{bytes / 1_024.0:0.0} KiB");

    public static string Count(long number, string noun) =>
        $"{Number(number)} {(number == 1 ? noun : noun.EndsWith('y') ? noun[..^1] + "ies" : noun + "s")}";

    public static string? Refusal(DeliveryChange change) => change.Outcome switch
    {
        _ when change.Delivery is null => "There is no such delivery any more.",
        DeliveryChangeOutcome.Done => null,
        DeliveryChangeOutcome.BeingAttempted => "An attempt is in progress. Wait for its outcome, then try again.",
        DeliveryChangeOutcome.AlreadyDue => "It is already due. Check that its endpoint is enabled.",
        DeliveryChangeOutcome.BehindEarlier => "It waits for an earlier delivery of the same resource. Retry or discard that one.",
        DeliveryChangeOutcome.Delivered => "It is already delivered. To deliver the event again, replay it.",
        DeliveryChangeOutcome.Discarded => "It is discarded. To deliver the event again, replay it.",
        DeliveryChangeOutcome.EndpointDeleted => "Its endpoint was deleted. To deliver the event elsewhere, replay it.",
        _ => "A replay has replaced it.",
    };

    public static string? Refusal(EndpointChange change) => change switch
    {
        { Invalid: { } invalid } => $"{invalid.Name}: {invalid.Detail}",
        { Outcome: EndpointOutcome.Done or EndpointOutcome.Unchanged } => null,
        { Outcome: EndpointOutcome.NameTaken } => "Another endpoint has this name. Choose another.",
        { Outcome: EndpointOutcome.Declared } => "This endpoint is declared in configuration or by the app. Edit it there.",
        { Outcome: EndpointOutcome.SecretDeclared } => "The configuration sets this secret. Change it there, which also starts a rotation.",
        { Outcome: EndpointOutcome.NotHttp } => "This endpoint is a handler in the app, which has no URL and no secret.",
        { Outcome: EndpointOutcome.SecretsUnreadable } =>
            "The secret cannot be decrypted. Restore the key ring that belongs to the store, or rotate the secret.",
        { Outcome: EndpointOutcome.NotEnabled } => "The endpoint is paused or disabled. Resume it, which also makes all pending deliveries due.",
        { Outcome: EndpointOutcome.TooManySecrets } => "Several previous secrets still sign. Finish the rotation, or wait.",
        _ => "There is no such endpoint any more.",
    };

    public static string? Refusal(ReplayChange change) => change switch
    {
        { Invalid: { } invalid } => $"{invalid.Name}: {invalid.Detail}",
        { Outcome: ReplayOutcome.Done } => null,
        { Outcome: ReplayOutcome.EndpointNotFound } => "There is no such endpoint any more.",
        { Outcome: ReplayOutcome.EventNotFound } => "There is no such event any more.",
        { Outcome: ReplayOutcome.AlreadyEnded } => "It has already ended.",
        _ => "There is no such replay.",
    };
}
