using System.Security.Cryptography;
using System.Text;
using System.Xml;
using System.Xml.Linq;
using Npgsql;
using Scouthook.Inbox.Delivering.Secrets;

namespace Scouthook.Inbox.PostgreSql;

/// <summary>The key ring in the database, shared by all nodes. It is saved and restored with the store.</summary>
internal sealed class PostgreSqlKeyRing(PostgreSqlDatabase database, PostgreSqlReader reader) : IKeyRing
{
    public string Location => database.Location;

    public IReadOnlyCollection<XElement> GetAllElements()
    {
        try
        {
            return [.. Read().Select(xml => TryParse(xml)).OfType<XElement>()];
        }
        catch (InboxUnavailableException)
        {
            return [];
        }
    }

    /// <exception cref="KeyRingUnusableException">The key could not be stored.</exception>
    public void StoreElement(XElement element, string friendlyName)
    {
        try
        {
            using var connection = database.Open();
            using var transaction = connection.BeginTransaction();
            new PostgreSqlStatement(connection, transaction, PostgreSqlSession.Synced).Execute();
            new PostgreSqlStatement(connection, transaction, "INSERT INTO key_ring (friendly_name, xml) VALUES ($1, $2)")
                .Execute(friendlyName, element.ToString(SaveOptions.DisableFormatting));
            transaction.Commit();
        }
        catch (NpgsqlException exception)
        {
            throw new KeyRingUnusableException(
                $"No key can be added to the key ring in {Location}: {PostgreSqlErrors.Describe(exception)}.", exception);
        }
    }

    public string? FindDamage()
    {
        try
        {
            return Read().Any(xml => TryParse(xml) is null)
                ? $"A key of the key ring in {Location} is damaged. Restore the table key_ring from a backup; if it is lost for good, "
                    + "remove the row and rotate the secrets of the endpoints that are then reported."
                : null;
        }
        catch (InboxUnavailableException exception)
        {
            return $"The key ring cannot be read. {exception.Message}";
        }
    }

    public string Fingerprint()
    {
        try
        {
            return Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', Read()))));
        }
        catch (InboxUnavailableException exception)
        {
            return exception.GetType().Name;
        }
    }

    private List<string> Read() => reader.Read(connection =>
    {
        var all = new List<string>();
        using var rows = new PostgreSqlStatement(connection, null, "SELECT xml FROM key_ring ORDER BY key_ring_id").Read();
        while (rows.Read())
        {
            all.Add(rows.GetString(0));
        }

        return all;
    });

    private static XElement? TryParse(string xml)
    {
        try
        {
            return XElement.Parse(xml);
        }
        catch (XmlException)
        {
            return null;
        }
    }
}
