namespace Scouthook.Management.Dashboard.Components.Controls;

/// <summary>Thrown when a filter in the address is not valid.</summary>
/// <param name="mistake">The mistake, in words.</param>
internal sealed class FilterException(string mistake) : Exception(mistake);
