using System.Net;
using Scouthook.Events;
using Scouthook.Handling;

namespace CrmSync;

// begin-snippet: crm-handler
/// <summary>Keeps the contacts of a CRM like the customers in Help Scout.</summary>
public sealed class ContactSync(CrmClient crm) : IHelpScoutEventHandler<CustomerEvent>
{
    public async Task HandleAsync(CustomerEvent helpScoutEvent, EventContext context, CancellationToken cancellationToken)
    {
        if (context.IsStale)
        {
            return; // A newer state of this customer was received before, and has been saved or is about to be.
        }

        using var answer = helpScoutEvent switch
        {
            CustomerSnapshotEvent snapshot => await crm.SaveAsync(snapshot.Customer, cancellationToken),
            _ => await crm.DeleteAsync(helpScoutEvent.CustomerId, cancellationToken),
        };
        switch (answer.StatusCode)
        {
            case HttpStatusCode.TooManyRequests or HttpStatusCode.ServiceUnavailable:
                throw new RetryLaterException(answer.Headers.RetryAfter?.Delta ?? TimeSpan.FromMinutes(1), "The CRM is busy.");
            case HttpStatusCode.BadRequest or HttpStatusCode.UnprocessableEntity:
                throw new GiveUpException("The CRM does not accept this contact.");
            default:
                answer.EnsureSuccessStatusCode(); // Anything else is retried by the schedule: seconds, minutes, then hours.
                break;
        }
    }
}
// end-snippet
