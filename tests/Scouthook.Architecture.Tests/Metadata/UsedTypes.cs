using System.Collections.Immutable;
using System.Reflection.Metadata;
using ReflectionTypeName = System.Reflection.Metadata.TypeName;

namespace Scouthook.Architecture.Tests.Metadata;

/// <summary>Collects the types of one assembly that its tokens, signatures and attributes name; all other types are ignored.</summary>
internal sealed class UsedTypes : ISignatureTypeProvider<UsedTypes, object?>, ICustomAttributeTypeProvider<UsedTypes>
{
    private readonly MetadataReader _metadata;
    private readonly HashSet<TypeDefinitionHandle> _types = [];
    private readonly Dictionary<string, TypeDefinitionHandle> _byName;

    public UsedTypes(MetadataReader metadata)
    {
        _metadata = metadata;
        _byName = metadata.TypeDefinitions.ToDictionary(FullName);
    }

    public IReadOnlyCollection<TypeDefinitionHandle> Types => _types;

    public void Clear() => _types.Clear();

    public void Add(EntityHandle handle)
    {
        if (handle.IsNil)
        {
            return;
        }

        switch (handle.Kind)
        {
            case HandleKind.TypeDefinition:
                _types.Add((TypeDefinitionHandle)handle);
                break;
            case HandleKind.TypeSpecification:
                _metadata.GetTypeSpecification((TypeSpecificationHandle)handle).DecodeSignature(this, null);
                break;
            case HandleKind.MethodDefinition:
                _types.Add(_metadata.GetMethodDefinition((MethodDefinitionHandle)handle).GetDeclaringType());
                break;
            case HandleKind.FieldDefinition:
                _types.Add(_metadata.GetFieldDefinition((FieldDefinitionHandle)handle).GetDeclaringType());
                break;
            case HandleKind.MemberReference:
                Add(_metadata.GetMemberReference((MemberReferenceHandle)handle).Parent);
                break;
            case HandleKind.MethodSpecification:
                var method = _metadata.GetMethodSpecification((MethodSpecificationHandle)handle);
                Add(method.Method);
                method.DecodeSignature(this, null);
                break;
            case HandleKind.StandaloneSignature:
                AddSignature(_metadata.GetStandaloneSignature((StandaloneSignatureHandle)handle));
                break;
            case HandleKind.TypeReference or HandleKind.ModuleReference:
                break;
            default:
                throw new InvalidOperationException($"A token of kind {handle.Kind} where a type or member is expected.");
        }
    }

    public UsedTypes GetTypeFromDefinition(MetadataReader reader, TypeDefinitionHandle handle, byte rawTypeKind)
    {
        _types.Add(handle);
        return this;
    }

    public UsedTypes GetTypeFromSpecification(
        MetadataReader reader, object? genericContext, TypeSpecificationHandle handle, byte rawTypeKind)
    {
        Add(handle);
        return this;
    }

    public UsedTypes GetTypeFromSerializedName(string name)
    {
        AddNamed(ReflectionTypeName.Parse(name));
        return this;
    }

    // Enums of other assemblies; those with another size than int are not used in attributes here.
    public PrimitiveTypeCode GetUnderlyingEnumType(UsedTypes type) => PrimitiveTypeCode.Int32;

    public bool IsSystemType(UsedTypes type) => ReferenceEquals(type, SystemType);

    public UsedTypes GetSystemType() => SystemType!;

    public UsedTypes GetTypeFromReference(MetadataReader reader, TypeReferenceHandle handle, byte rawTypeKind)
    {
        var type = reader.GetTypeReference(handle);
        return reader.StringComparer.Equals(type.Namespace, "System") && reader.StringComparer.Equals(type.Name, "Type")
            ? SystemType
            : this;
    }

    public UsedTypes GetFunctionPointerType(MethodSignature<UsedTypes> signature) => this;

    public UsedTypes GetGenericMethodParameter(object? genericContext, int index) => this;

    public UsedTypes GetGenericTypeParameter(object? genericContext, int index) => this;

    public UsedTypes GetModifiedType(UsedTypes modifier, UsedTypes unmodifiedType, bool isRequired) => this;

    public UsedTypes GetPinnedType(UsedTypes elementType) => this;

    public UsedTypes GetArrayType(UsedTypes elementType, ArrayShape shape) => this;

    public UsedTypes GetByReferenceType(UsedTypes elementType) => this;

    public UsedTypes GetGenericInstantiation(UsedTypes genericType, ImmutableArray<UsedTypes> typeArguments) => this;

    public UsedTypes GetPointerType(UsedTypes elementType) => this;

    public UsedTypes GetPrimitiveType(PrimitiveTypeCode typeCode) => this;

    public UsedTypes GetSZArrayType(UsedTypes elementType) => elementType;

    /// <summary>Stands for <see cref="Type"/>, whose values in attributes are names of types.</summary>
    private UsedTypes SystemType => field ??= new UsedTypes(_metadata);

    private void AddSignature(StandaloneSignature signature)
    {
        if (signature.GetKind() == StandaloneSignatureKind.LocalVariables)
        {
            signature.DecodeLocalSignature(this, null);
        }
        else
        {
            signature.DecodeMethodSignature(this, null);
        }
    }

    private void AddNamed(ReflectionTypeName name)
    {
        if (name.IsConstructedGenericType)
        {
            foreach (var argument in name.GetGenericArguments())
            {
                AddNamed(argument);
            }

            AddNamed(name.GetGenericTypeDefinition());
        }
        else if (name.IsArray || name.IsByRef || name.IsPointer)
        {
            AddNamed(name.GetElementType());
        }
        else if (name.AssemblyName is null && _byName.TryGetValue(name.FullName, out var type))
        {
            _types.Add(type);
        }
    }

    private string FullName(TypeDefinitionHandle handle)
    {
        var type = _metadata.GetTypeDefinition(handle);
        var name = _metadata.GetString(type.Name);
        var outer = type.GetDeclaringType();
        return !outer.IsNil ? $"{FullName(outer)}+{name}"
            : type.Namespace.IsNil ? name
            : $"{_metadata.GetString(type.Namespace)}.{name}";
    }
}
