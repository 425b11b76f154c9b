using System.Security.Cryptography;
using System.Text;

namespace Scouthook.Inbox;

/// <summary>How a store that is a database is reached.</summary>
/// <param name="ConnectionString">The connection string.</param>
/// <param name="ListenConnectionString">The one for notifications; <see langword="null"/>: the same.</param>
internal sealed record StoreConnection(string ConnectionString, string? ListenConnectionString)
{
    /// <summary>Returns a text that differs for others, and shows none of the password in it.</summary>
    public override string ToString() => Convert.ToHexString(
        SHA256.HashData(Encoding.UTF8.GetBytes($"{ConnectionString}\n{ListenConnectionString}")).AsSpan(0, 4));
}
