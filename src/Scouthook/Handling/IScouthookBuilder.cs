namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers what an app does with Help Scout's events. Returned by <c>AddScouthook</c>.</summary>
public interface IScouthookBuilder
{
    /// <summary>The services of the app.</summary>
    IServiceCollection Services { get; }
}
