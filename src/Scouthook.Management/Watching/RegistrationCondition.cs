namespace Scouthook.Management.Watching;

/// <summary>The state of a source's registrations in Help Scout.</summary>
internal enum RegistrationCondition
{
    /// <summary>Everything is as expected.</summary>
    Ok,

    /// <summary>A registration is disabled: Help Scout sends nothing.</summary>
    Disabled,

    /// <summary>A registration is missing, calls another URL or sends less or other than expected.</summary>
    Changed,

    /// <summary>The registrations could not be read.</summary>
    Unknown,
}
