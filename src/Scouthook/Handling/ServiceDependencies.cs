using System.Reflection;
using Microsoft.Extensions.DependencyInjection;

namespace Scouthook.Handling;

/// <summary>Finds the services that are missing to create a service, without creating anything.</summary>
/// <remarks>
/// Constructors are followed from service to service as registered. Services that are created by a factory, given as an
/// instance or close an open generic type are assumed to work; so is everything in a container that cannot list its
/// services (<see cref="IServiceProviderIsService"/>). Nothing is constructed, because constructors may have side effects.
/// </remarks>
internal sealed class ServiceDependencies(IServiceCollection services)
{
    /// <returns>A sentence for each missing service.</returns>
    public IReadOnlyList<string> FindMissing(IServiceProvider provider, Type serviceType)
    {
        if (provider.GetService<IServiceProviderIsService>() is not { } known)
        {
            return [];
        }

        var missing = new List<string>();
        Visit(serviceType, null, known, [], missing);
        return missing;
    }

    private void Visit(
        Type serviceType, object? key, IServiceProviderIsService known, HashSet<ServiceDescriptor> visited, List<string> missing)
    {
        var registered = services.LastOrDefault(
            service => service.ServiceType == serviceType && Equals(service.ServiceKey, key));
        if (registered is null || !visited.Add(registered))
        {
            return;
        }

        var implementation = registered.IsKeyedService ? registered.KeyedImplementationType : registered.ImplementationType;
        if (implementation is null)
        {
            return;
        }

        // As the container does: any public constructor will do of which every parameter can be had.
        var constructors = implementation.GetConstructors()
            .Select(constructor => constructor.GetParameters())
            .OrderByDescending(parameters => parameters.Length)
            .ToList();
        if (constructors.Find(parameters => parameters.All(parameter => IsAvailable(parameter, known))) is { } usable)
        {
            foreach (var parameter in usable)
            {
                Visit(parameter.ParameterType, KeyOf(parameter), known, visited, missing);
            }
        }
        else if (constructors.Count > 0)
        {
            missing.AddRange(constructors[0]
                .Where(parameter => !IsAvailable(parameter, known))
                .Select(parameter => $"{implementation} needs {parameter.ParameterType}"
                    + (KeyOf(parameter) is { } missingKey ? $" under the key {missingKey}" : "")
                    + $" (parameter {parameter.Name}), which is not registered as a service."));
        }
    }

    private static bool IsAvailable(ParameterInfo parameter, IServiceProviderIsService known) =>
        parameter.HasDefaultValue
        || parameter.IsDefined(typeof(ServiceKeyAttribute))
        || (parameter.GetCustomAttribute<FromKeyedServicesAttribute>() is { } keyed
            ? IsKeyedService(parameter.ParameterType, keyed.Key, known)
            : known.IsService(parameter.ParameterType));

    /// <remarks>Without a key the parameter takes that of the service it belongs to, which is not followed here.</remarks>
    private static bool IsKeyedService(Type type, object? key, IServiceProviderIsService known) =>
        key is null || known is not IServiceProviderIsKeyedService keyed || keyed.IsKeyedService(type, key);

    private static object? KeyOf(ParameterInfo parameter) => parameter.GetCustomAttribute<FromKeyedServicesAttribute>()?.Key;
}
