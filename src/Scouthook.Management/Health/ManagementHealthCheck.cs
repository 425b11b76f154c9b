using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Scouthook.Management.Health;

/// <summary>A health check that the host adds to those of management.</summary>
internal sealed record ManagementHealthCheck(string Name, Func<IHealthCheck> Create);
