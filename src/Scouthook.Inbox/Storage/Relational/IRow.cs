namespace Scouthook.Inbox.Storage.Relational;

/// <summary>One row of a result. Ids and flags are read as such, however the database stores them.</summary>
internal interface IRow
{
    bool IsDBNull(int column);

    long GetInt64(int column);

    bool GetBoolean(int column);

    string GetString(int column);

    Guid GetGuid(int column);

    byte[] GetBytes(int column);
}
