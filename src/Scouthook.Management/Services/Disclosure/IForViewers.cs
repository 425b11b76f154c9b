namespace Scouthook.Management.Services.Disclosure;

/// <summary>A response that shows more to operators than to viewers.</summary>
internal interface IForViewers
{
    /// <summary>Returns what a viewer may see: a value of the same type.</summary>
    object ForViewers();
}
