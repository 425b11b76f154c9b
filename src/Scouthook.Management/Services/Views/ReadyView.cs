namespace Scouthook.Management.Services.Views;

/// <summary>The public response of <c>/readyz</c>.</summary>
internal sealed record ReadyView(string Status);
