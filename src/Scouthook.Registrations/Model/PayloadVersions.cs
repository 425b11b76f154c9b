namespace Scouthook.Registrations.Model;

/// <summary>The values of <see cref="WebhookRegistration.PayloadVersion"/>.</summary>
public static class PayloadVersions
{
    /// <summary>The legacy shapes, deprecated in 2021. Scouthook does not type them.</summary>
    public const string V1 = "V1";

    /// <summary>The shapes of the Inbox API 2.0, and the default.</summary>
    public const string V2 = "V2";

    /// <summary>As <see cref="V2"/>, but actors keep the type <c>system_user</c>.</summary>
    public const string V3 = "V3";
}
