using Scouthook.Inbox.Model;

namespace Scouthook.Inbox.Rules;

/// <summary>
/// Makes the endpoints of one origin match their declaration: creates, changes, and disables those no longer declared.
/// </summary>
internal static class DeclarationEdits
{
    /// <param name="changes">The transaction.</param>
    /// <param name="declared">What this node declares.</param>
    /// <param name="audit">
    /// Describes the change for the audit log, from the endpoint before (<see langword="null"/> if it is new) and after;
    /// <see langword="null"/> for no entry.
    /// </param>
    public static DeclarationResult Declare(
        EndpointChanges changes,
        DesiredEndpointSet declared,
        Func<WebhookEndpoint?, WebhookEndpoint, AuditEntry?>? audit)
    {
        var known = changes.Declarations.Where(declaration => declaration.Origin == declared.Origin).ToList();
        var inForce = DeclarationRule.InForce(known, declared, changes.Node, changes.Now);
        if (inForce.Fingerprint != declared.Fingerprint)
        {
            if (DeclarationRule.Confirm(known, declared, changes.Node, changes.Now) is { } superseded)
            {
                changes.Declare(superseded);
            }

            return new DeclarationResult(DeclarationOutcome.Superseded, [], inForce.FirstSeenAt) { IsDisputed = true };
        }

        changes.Declare(inForce);
        var before = changes.All.ToDictionary(endpoint => endpoint.Id);
        var taken = declared.Endpoints
            .Where(desired => !TryDeclare(changes, declared.Origin, desired, inForce))
            .Select(desired => desired.Definition.Name)
            .ToList();
        var names = declared.Endpoints.Select(desired => desired.Definition.Name).ToHashSet(StringComparer.OrdinalIgnoreCase);
        foreach (var gone in changes.All
            .Where(endpoint => endpoint.Origin == declared.Origin && !names.Contains(endpoint.Name) && MayDisable(endpoint))
            .ToList())
        {
            Undeclare(changes, gone, declared.GoneReason);
        }

        foreach (var endpoint in changes.All.Where(endpoint => endpoint.Origin == declared.Origin).ToList())
        {
            changes.Record(audit?.Invoke(before.GetValueOrDefault(endpoint.Id), endpoint));
        }

        return new DeclarationResult(DeclarationOutcome.Applied, taken, inForce.FirstSeenAt)
        {
            IsDisputed = DeclarationRule.IsDisputed(known, inForce, changes.Now),
        };
    }

    /// <returns><see langword="false"/> if the name belongs to an endpoint of another origin or kind.</returns>
    private static bool TryDeclare(EndpointChanges changes, EndpointOrigin origin, DesiredEndpoint desired, Declaration declaration)
    {
        var endpoint = changes.FindByName(desired.Definition.Name);
        if (endpoint is not null && (endpoint.Origin != origin || endpoint.Definition.Kind != desired.Definition.Kind))
        {
            return false;
        }

        var secrets = desired.Secrets?.Invoke(endpoint) ?? default;
        if (endpoint is null)
        {
            if (secrets.Outcome is EndpointOutcome.SecretsUnreadable)
            {
                return true;
            }

            endpoint = changes.Add(desired.Definition, secrets.Secrets, origin, desired.Start);
        }
        else
        {
            endpoint = EndpointEdits.SetDefinition(changes, endpoint, desired.Definition);
            if (secrets is { Outcome: EndpointOutcome.Done, Secrets: { } changed })
            {
                endpoint = EndpointEdits.SetSecrets(changes, endpoint, changed);
            }

            if (endpoint.UndeclaredFrom is { } before)
            {
                endpoint = Redeclare(changes, endpoint, before);
            }
        }

        EndpointEdits.Replace(changes, endpoint with
        {
            IsSecretDeclared = desired.IsSecretDeclared,
            Declaration = declaration.Fingerprint,
            DeclaredSince = declaration.FirstSeenAt,
        });
        return true;
    }

    /// <summary>
    /// An endpoint no longer declared can be resumed by an operator, but a handler that is not registered would fail
    /// every attempt.
    /// </summary>
    private static bool MayDisable(WebhookEndpoint endpoint) => endpoint.IsDeclared
        || endpoint is { Definition.Kind: EndpointKind.Handler, State: not EndpointState.Disabled };

    /// <summary>Disables an endpoint that is no longer declared, and records its state.</summary>
    private static void Undeclare(EndpointChanges changes, WebhookEndpoint endpoint, string reason)
    {
        if (endpoint.State is EndpointState.Disabled)
        {
            changes.Replace(endpoint with { UndeclaredFrom = EndpointState.Disabled });
        }
        else
        {
            EndpointEdits.SetState(changes, endpoint, EndpointState.Disabled, reason, undeclaredFrom: endpoint.State);
        }
    }

    /// <summary>Returns an endpoint that is declared again to its recorded state.</summary>
    private static WebhookEndpoint Redeclare(EndpointChanges changes, WebhookEndpoint endpoint, EndpointState before) =>
        endpoint.State == before
            ? EndpointEdits.Replace(changes, endpoint with { UndeclaredFrom = null })
            : EndpointEdits.SetState(changes, endpoint, before, reason: null, undeclaredFrom: null);
}
