namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers an app's handlers of Help Scout events. Returned by <c>AddScouthook</c>.</summary>
public interface IScouthookBuilder
{
    /// <summary>The services of the app.</summary>
    IServiceCollection Services { get; }
}
