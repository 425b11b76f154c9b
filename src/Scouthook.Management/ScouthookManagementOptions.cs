namespace Scouthook.Management;

/// <summary>Configures the callers of the management API, and its limits.</summary>
/// <remarks>
/// Read from the section <c>Scouthook:Management</c> of the app's configuration, then changed by the app in code. By
/// default callers need an API key. If any of the policies is set, the app's own authorization decides instead, and no
/// API key is accepted.
/// </remarks>
public sealed class ScouthookManagementOptions
{
    /// <summary>A key with all permissions, to create further keys with. Needs a restart.</summary>
    /// <value>The default is <see langword="null"/>: only stored keys are accepted. At least 16 characters.</value>
    public string? AdminKey { get; set; }

    /// <summary>The app's authorization policy for viewers, who see no bodies and no secrets. Needs a restart.</summary>
    /// <value>The default is <see langword="null"/>: no caller is a viewer by policy.</value>
    public string? ViewerPolicy { get; set; }

    /// <summary>The app's authorization policy for operators, who also see bodies, retry, replay and pause. Needs a restart.</summary>
    /// <value>The default is <see langword="null"/>: no caller is an operator by policy.</value>
    public string? OperatorPolicy { get; set; }

    /// <summary>The app's authorization policy for administrators, who have all permissions. Needs a restart.</summary>
    /// <value>The default is <see langword="null"/>: no caller is an administrator by policy.</value>
    public string? AdminPolicy { get; set; }

    /// <summary>The maximum number of event streams open at once.</summary>
    /// <value>The default is 256; at most 100,000.</value>
    public int MaxStreams { get; set; } = 256;

    /// <summary>The maximum number of event streams that one key may have open at once.</summary>
    /// <value>The default is 32; at most 100,000.</value>
    public int MaxStreamsPerKey { get; set; } = 32;

    /// <summary>The maximum number of concurrent look-ups in the store; others wait.</summary>
    /// <value>The default is 4; at most 1,000.</value>
    public int MaxLookups { get; set; } = 4;

    /// <summary>Returns the name of the type, never the key.</summary>
    /// <returns><c>ScouthookManagementOptions</c>.</returns>
    public override string ToString() => nameof(ScouthookManagementOptions);
}
