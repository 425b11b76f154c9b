namespace Scouthook.Management.Services.Views;

/// <summary>The answer of <c>/readyz</c>, which anybody may ask.</summary>
internal sealed record ReadyView(string Status);
