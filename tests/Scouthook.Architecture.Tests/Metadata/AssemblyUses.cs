using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace Scouthook.Architecture.Tests.Metadata;

/// <summary>Lists which types of a compiled assembly use each other, in declarations and in method bodies.</summary>
/// <remarks>
/// Compiled code has no <c>using</c> directives and no short names, so it does not matter how the source spells a type.
/// Constants are the exception: the compiler copies their values, and no use is left to see.
/// </remarks>
internal sealed class AssemblyUses
{
    private readonly MetadataReader _metadata;
    private readonly PEReader _image;
    private readonly UsedTypes _used;
    private readonly Dictionary<TypeDefinitionHandle, TypeName> _names;

    private AssemblyUses(PEReader image)
    {
        _image = image;
        _metadata = image.GetMetadataReader();
        _names = _metadata.TypeDefinitions.ToDictionary(type => type, NameOf);
        _used = new UsedTypes(_metadata);
    }

    /// <summary>Reads the uses between different types of an assembly.</summary>
    /// <param name="file">The compiled assembly.</param>
    public static IReadOnlyList<TypeUse> Read(string file)
    {
        using var stream = File.OpenRead(file);
        using var image = new PEReader(stream);
        return new AssemblyUses(image).Read();
    }

    private List<TypeUse> Read()
    {
        var uses = new HashSet<TypeUse>();
        foreach (var (handle, name) in _names)
        {
            _used.Clear();
            AddType(_metadata.GetTypeDefinition(handle));
            uses.UnionWith(_used.Types.Select(type => new TypeUse(name, _names[type])).Where(use => use.From != use.To));
        }

        return [.. uses.Where(use => !IsOfTheCompiler(use.From) && !IsOfTheCompiler(use.To))
            .OrderBy(use => use.From.ToString(), StringComparer.Ordinal).ThenBy(use => use.To.ToString(), StringComparer.Ordinal)];
    }

    private TypeName NameOf(TypeDefinitionHandle handle)
    {
        var type = _metadata.GetTypeDefinition(handle);
        while (!type.GetDeclaringType().IsNil)
        {
            type = _metadata.GetTypeDefinition(type.GetDeclaringType());
        }

        return new TypeName(_metadata.GetString(type.Namespace), _metadata.GetString(type.Name));
    }

    /// <summary>Recognizes what the compiler and generators add outside the namespaces of the project.</summary>
    private static bool IsOfTheCompiler(TypeName type) =>
        type.Name.StartsWith('<') && !type.Namespace.StartsWith("Scouthook", StringComparison.Ordinal);

    private void AddType(TypeDefinition type)
    {
        _used.Add(type.BaseType);
        AddAttributes(type.GetCustomAttributes());
        AddParameters(type.GetGenericParameters());
        foreach (var handle in type.GetInterfaceImplementations())
        {
            _used.Add(_metadata.GetInterfaceImplementation(handle).Interface);
        }

        foreach (var field in type.GetFields().Select(_metadata.GetFieldDefinition))
        {
            field.DecodeSignature(_used, null);
            AddAttributes(field.GetCustomAttributes());
        }

        foreach (var property in type.GetProperties().Select(_metadata.GetPropertyDefinition))
        {
            property.DecodeSignature(_used, null);
            AddAttributes(property.GetCustomAttributes());
        }

        foreach (var declaredEvent in type.GetEvents().Select(_metadata.GetEventDefinition))
        {
            _used.Add(declaredEvent.Type);
            AddAttributes(declaredEvent.GetCustomAttributes());
        }

        foreach (var implementation in type.GetMethodImplementations().Select(_metadata.GetMethodImplementation))
        {
            _used.Add(implementation.MethodDeclaration);
        }

        foreach (var method in type.GetMethods().Select(_metadata.GetMethodDefinition))
        {
            AddMethod(method);
        }
    }

    private void AddMethod(MethodDefinition method)
    {
        method.DecodeSignature(_used, null);
        AddAttributes(method.GetCustomAttributes());
        AddParameters(method.GetGenericParameters());
        foreach (var parameter in method.GetParameters().Select(_metadata.GetParameter))
        {
            AddAttributes(parameter.GetCustomAttributes());
        }

        if (method.RelativeVirtualAddress == 0)
        {
            return;
        }

        var body = _image.GetMethodBody(method.RelativeVirtualAddress);
        _used.Add(body.LocalSignature);
        foreach (var region in body.ExceptionRegions)
        {
            _used.Add(region.CatchType);
        }

        foreach (var token in MethodBodyTokens.Read(body.GetILReader()))
        {
            _used.Add(token);
        }
    }

    private void AddParameters(GenericParameterHandleCollection parameters)
    {
        foreach (var parameter in parameters.Select(_metadata.GetGenericParameter))
        {
            AddAttributes(parameter.GetCustomAttributes());
            foreach (var constraint in parameter.GetConstraints())
            {
                _used.Add(_metadata.GetGenericParameterConstraint(constraint).Type);
            }
        }
    }

    private void AddAttributes(CustomAttributeHandleCollection attributes)
    {
        foreach (var attribute in attributes.Select(_metadata.GetCustomAttribute))
        {
            _used.Add(attribute.Constructor);
            attribute.DecodeValue(_used);
        }
    }
}
