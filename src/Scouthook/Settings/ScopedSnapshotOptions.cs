using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Options;

namespace Scouthook.Settings;

/// <summary>Shows the options as they were in force when the scope first asked.</summary>
internal sealed class ScopedSnapshotOptions<
    [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicParameterlessConstructor)] TOptions>(
    SnapshotOptions<TOptions> options) : IOptionsSnapshot<TOptions>
    where TOptions : class
{
    public TOptions Value { get; } = options.CurrentValue;

    public TOptions Get(string? name) => string.IsNullOrEmpty(name) ? Value : options.Get(name);
}
