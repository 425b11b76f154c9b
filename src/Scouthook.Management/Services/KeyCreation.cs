using Scouthook.Management.Services.Views;

namespace Scouthook.Management.Services;

/// <summary>The outcome of a request for a new API key.</summary>
/// <param name="Key">The key, with its text; <see langword="null"/> if the request was rejected.</param>
/// <param name="Invalid">The invalid member, if the request was rejected.</param>
internal readonly record struct KeyCreation(KeyView? Key, InvalidMember? Invalid = null);
