using Scouthook.Json;

namespace Scouthook.Parsing;

/// <summary>A user or customer found by the scan, under either of the two spellings of the name members.</summary>
internal ref struct ScannedPerson
{
    public long? Id;
    public JsonText Type;
    public JsonText First;
    public JsonText Last;
    public JsonText OwnEmail;

    /// <summary>The first of a customer's list of addresses, used instead of a separate member.</summary>
    public JsonText FirstEmail;

    public readonly JsonText Email => FirstEmail.IsEmpty ? OwnEmail : FirstEmail;

    /// <summary>Returns the full name, else the e-mail address, else <see langword="null"/>.</summary>
    public readonly string? Name(int maxLength)
    {
        var first = First.Excerpt(maxLength);
        var last = Last.Excerpt(maxLength);
        var name = first is null || last is null ? first ?? last : $"{first} {last}";
        return name is { } text && text.Length > maxLength ? first : name ?? Email.Excerpt(maxLength);
    }
}
