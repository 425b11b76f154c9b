namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Configures the inbox in code. Passed to <c>AddInbox</c>.</summary>
public interface IInboxBuilder
{
    /// <summary>The services of the app.</summary>
    IServiceCollection Services { get; }
}
