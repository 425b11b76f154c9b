namespace Scouthook.Management.Services.Disclosure;

/// <summary>An answer that shows more to operators than to viewers.</summary>
internal interface IForViewers
{
    /// <summary>What a viewer may see of it: a value of the same type.</summary>
    object ForViewers();
}
