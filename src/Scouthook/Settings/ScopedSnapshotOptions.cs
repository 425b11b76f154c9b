using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Options;

namespace Scouthook.Settings;

/// <summary>Provides the options that were current when the scope first requested them.</summary>
internal sealed class ScopedSnapshotOptions<
    [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicParameterlessConstructor)] TOptions>(
    SnapshotOptions<TOptions> options) : IOptionsSnapshot<TOptions>
    where TOptions : class
{
    public TOptions Value { get; } = options.CurrentValue;

    public TOptions Get(string? name) => string.IsNullOrEmpty(name) ? Value : options.Get(name);
}
