namespace Scouthook.Management.Services.Views;

/// <summary>One header of a request.</summary>
internal sealed record HeaderView(string Name, string Value);
