using Scouthook.Payloads;

namespace CrmSync;

/// <summary>The API of a CRM. Contacts have the id of the customer, so saving one twice changes nothing.</summary>
public sealed class CrmClient(HttpClient http)
{
    public Task<HttpResponseMessage> SaveAsync(Customer customer, CancellationToken cancellationToken) => http.PutAsJsonAsync(
        $"/contacts/{customer.Id}",
        new { name = $"{customer.FirstName} {customer.LastName}", company = customer.Organization, changedAt = customer.UpdatedAt },
        cancellationToken);

    public Task<HttpResponseMessage> DeleteAsync(long customerId, CancellationToken cancellationToken) =>
        http.DeleteAsync(new Uri($"/contacts/{customerId}", UriKind.Relative), cancellationToken);
}
