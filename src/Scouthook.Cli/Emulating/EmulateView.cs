using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Scouthook.Cli.CommandLine;
using Scouthook.Testing;
using Spectre.Console;

namespace Scouthook.Cli.Emulating;

/// <summary>Shows where the local Help Scout is and what to do next.</summary>
internal static class EmulateView
{
    private const int SecretBytes = 20;

    public static void WriteJson(HelpScoutEmulator emulator, EmulatedWebhook? webhook) => JsonOutput.Write(new JsonObject
    {
        ["api"] = Root(emulator),
        ["page"] = Root(emulator) + "/",
        ["clientId"] = emulator.ClientId,
        ["clientSecret"] = emulator.ClientSecret,
        ["webhook"] = webhook is null ? null : new JsonObject { ["id"] = webhook.Id, ["url"] = webhook.Url },
    });

    public static void Write(HelpScoutEmulator emulator, EmulatedWebhook? webhook, EmulateSettings settings, bool isVerbose)
    {
        Screen.Out.MarkupLine("A local Help Scout is running until you press Ctrl-C.");
        Console.Out.WriteLine();
        Screen.Out.MarkupLineInterpolated($"  Page           [bold]{Root(emulator)}/[/]");
        Screen.Out.MarkupLineInterpolated($"  API            {Root(emulator)}");
        Screen.Out.MarkupLineInterpolated($"  Client id      {emulator.ClientId}");
        Screen.Out.MarkupLineInterpolated($"  Client secret  {emulator.ClientSecret}");
        if (webhook is not null)
        {
            Screen.Out.MarkupLineInterpolated($"  Webhook        {webhook.Id}: all 26 events to {webhook.Url}");
        }

        Console.Out.WriteLine();
        if (webhook is null)
        {
            WriteNextSteps(emulator);
        }

        Prose.WriteLine(settings.Rate > 0
            ? string.Create(CultureInfo.InvariantCulture, $"Events happen by themselves, {settings.Rate} per second. You can change the rate on the page.")
            : "Nothing happens by itself: open the page and click, or pass --rate.");
        if (isVerbose)
        {
            Console.Out.WriteLine(LocalTime.Note(TimeProvider.System));
        }

        Console.Out.WriteLine();
    }

    public static void WriteEvent(AccountEvent happened) => Console.Out.WriteLine(string.Create(
        CultureInfo.InvariantCulture, $"{happened.OccurredAt.ToLocalTime():HH:mm:ss}  {happened.Name,-34} {happened.ResourcePath}"));

    /// <param name="webhookId">The webhook.</param>
    /// <param name="attempt">The request to it.</param>
    /// <param name="disabledReason">Why the webhook is disabled since; <see langword="null"/> if it is not.</param>
    public static void WriteAttempt(long webhookId, EmulatedAttempt attempt, string? disabledReason)
    {
        Console.Out.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{attempt.StartedAt.ToLocalTime():HH:mm:ss}  {attempt.EventName,-34} webhook {webhookId}: {AttemptText.Describe(attempt)}"));
        if (disabledReason is not null)
        {
            Prose.WriteLine($"Webhook {webhookId} is disabled: {disabledReason} Enable it on the page.");
        }
    }

    /// <summary>Prints commands to copy. The secret is a suggestion, new at every start.</summary>
    private static void WriteNextSteps(HelpScoutEmulator emulator)
    {
        var secret = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(SecretBytes));
        Console.Out.WriteLine($"""
            Start a receiver in a second terminal, for example the gateway:

              {ThisTool.Command} serve --secret {secret}

            Register it in a third one:

              export SCOUTHOOK_HELPSCOUT_CLIENT_ID={emulator.ClientId} SCOUTHOOK_HELPSCOUT_CLIENT_SECRET={emulator.ClientSecret}
              {ThisTool.Command} webhooks create --helpscout-api {Root(emulator)} --url http://127.0.0.1:5000/webhook --all-events --secret {secret}

            """);
    }

    private static string Root(HelpScoutEmulator emulator) => emulator.Address.GetLeftPart(UriPartial.Authority);
}
