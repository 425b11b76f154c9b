namespace Scouthook.Management.Services.Views;

/// <summary>One header of a request.</summary>
/// <param name="Name">Its name, in the letter case it was sent in.</param>
/// <param name="Value">Its value.</param>
internal sealed record HeaderView(string Name, string Value);
