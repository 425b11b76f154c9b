using System.ComponentModel;
using Microsoft.AspNetCore.Components;

namespace Scouthook.Management.Dashboard.Components.Pages;

/// <summary>The deliveries that are dead letters.</summary>
/// <remarks>A type of its own: between two addresses of one component the router changes nothing.</remarks>
[Route("/dead-letters")]
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class DeadLettersPage : DeliveriesPage
{
    private protected override bool IsDeadLetters => true;
}
