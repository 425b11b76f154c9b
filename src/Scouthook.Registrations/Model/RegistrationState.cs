namespace Scouthook.Registrations.Model;

/// <summary>The values of <see cref="WebhookRegistration.State"/>.</summary>
public static class RegistrationState
{
    /// <summary>Help Scout sends events.</summary>
    public const string Enabled = "enabled";

    /// <summary>Help Scout sends nothing: someone disabled the webhook, or too many events could not be delivered.</summary>
    public const string Disabled = "disabled";
}
