using Scouthook.Payloads;
using Scouthook.Testing.Generating;

namespace Scouthook.Testing;

/// <summary>Records opinions of customers: ratings of replies and answers to surveys.</summary>
internal sealed class FeedbackActions(AccountData data)
{
    /// <summary>Rates the newest reply of a user. A second rating of the same reply changes the first.</summary>
    public Rating Rate(ConversationEntry entry, RatingValue value, string? comments)
    {
        if (value == RatingValue.Unknown || !RatingValue.Known.Contains(value))
        {
            throw new ArgumentException($"'{value}' is not a rating. Use great, okay or not_good.", nameof(value));
        }

        var thread = entry.Threads.Find(
                thread => thread.Type == ConversationThreadType.Message && thread.CreatedBy!.Id != Company.AiAnswersId)
            ?? throw new ArgumentException($"Conversation {entry.Id} has no reply of a user. Reply before the customer rates.");
        var now = data.Second();
        var rating = data.RatingsByThread.TryGetValue(thread.Id!.Value, out var earlier)
            ? earlier with { Value = value, Comments = comments ?? "", ModifiedAt = now }
            : Create(entry, thread, value, comments, now);
        data.Ratings[rating.Id] = data.RatingsByThread[thread.Id!.Value] = rating;
        entry.Replace(thread with
        {
            OpenedAt = thread.OpenedAt ?? now,
            Rating = new() { CustomerId = entry.CustomerId, Rating = value, Comments = comments ?? "" },
        });
        entry.ModifiedAt = now;
        data.Emit("satisfaction.ratings", rating, $"ratings/{rating.Id}", rating.MailboxId);
        return rating;
    }

    public SurveyResponse AnswerSurvey(CustomerEntry customer, string surveyName, SurveyAnswer answer)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(surveyName);
        if (!data.Surveys.TryGetValue(surveyName, out var survey))
        {
            survey = data.Surveys[surveyName] = data.Ids.NextUuid();
        }

        var response = new SurveyResponse
        {
            Message = new() { Name = surveyName },
            Response = answer with { Timestamp = data.SecondOf($"survey of {customer.Value.Id}") },
            Embedded = new() { Customer = customer.Snapshot() },
            Links = new()
            {
                MessageDashboard = ApiLinks.ToPage($"messages/{survey}"),
                CustomerProfile = ApiLinks.ToPage($"customers/{customer.Value.Id}"),
            },
        };
        data.Emit("message.survey.response.received", response, $"customers/{customer.Value.Id}");
        return response;
    }

    private Rating Create(
        ConversationEntry entry, ConversationThread thread, RatingValue value, string? comments, DateTimeOffset now)
    {
        var customer = data.Customer(entry.CustomerId);
        var user = data.User(thread.CreatedBy!.Id!.Value);
        var id = data.Ids.Next(IdKind.Rating);
        return new Rating
        {
            Id = id,
            Customer = new()
            {
                Id = customer.Value.Id, Email = customer.Email, FirstName = customer.Value.FirstName,
                LastName = customer.Value.LastName, PhotoUrl = customer.Value.PhotoUrl,
            },
            ThreadId = thread.Id,
            ConversationId = entry.Id,
            ConversationNumber = entry.Value.Number,
            MailboxId = entry.MailboxId,
            Value = value,
            User = new() { Id = user.Id, Email = user.Email, FirstName = user.FirstName, LastName = user.LastName },
            Comments = comments ?? "",
            CreatedAt = now,
            Links = new()
            {
                Conversation = ApiLinks.ToConversation(entry.Id),
                Mailbox = ApiLinks.ToMailbox(entry.MailboxId),
                Customer = ApiLinks.ToCustomer(customer.Value.Id),
                User = ApiLinks.ToUser(user.Id),
                Self = ApiLinks.To($"ratings/{id}"),
            },
        };
    }
}
