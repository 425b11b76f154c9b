using Scouthook.Payloads;
using Scouthook.Testing.Emulating.Account.Writing;
using Scouthook.Testing.Generating;

namespace Scouthook.Testing;

/// <summary>Creates, changes and deletes organizations.</summary>
internal sealed class OrganizationActions(AccountData data)
{
    public Organization Create(string name, IReadOnlyList<string> domains)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);

        var organization = Add(name, domains);
        Emit("organization.created", organization);
        return organization;
    }

    /// <summary>Adds an organization without an event.</summary>
    public Organization Add(string name, IReadOnlyList<string> domains)
    {
        var id = data.Ids.Next(IdKind.Organization);
        return data.Organizations[id] =
            new Organization { Id = id, Name = name, Domains = domains, Links = ApiLinks.Self($"organizations/{id}") };
    }

    public Organization Update(Organization before, Func<Organization, Organization> change)
    {
        var after = change(before) ?? throw new ArgumentException("The change must return the organization.", nameof(change));
        ArgumentException.ThrowIfNullOrWhiteSpace(after.Name);

        after = after with { Id = before.Id, Links = before.Links };
        if (BodyWriter.Write(after).AsSpan().SequenceEqual(BodyWriter.Write(before)))
        {
            return before;
        }

        data.Organizations[before.Id] = after;
        foreach (var customer in Members(before))
        {
            customer.Value = customer.Value with { Organization = after.Name };
        }

        Emit("organization.updated", after);
        return after;
    }

    public void Delete(Organization organization)
    {
        data.Organizations.Remove(organization.Id);
        foreach (var customer in Members(organization))
        {
            customer.Value = customer.Value with { Organization = null, OrganizationId = null };
        }

        data.Emit(
            "organization.deleted", new DeletedResource { Id = organization.Id }, $"organizations/{organization.Id}");
    }

    private IEnumerable<CustomerEntry> Members(Organization organization) =>
        data.Customers.Values.Where(customer => customer.Value.OrganizationId == organization.Id);

    private void Emit(string name, Organization organization) =>
        data.Emit(name, organization, $"organizations/{organization.Id}");
}
