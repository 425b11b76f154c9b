using System.Globalization;
using Scouthook.Parsing;

namespace Scouthook.Inbox.Rules;

/// <summary>The terms by which users find the events of a resource.</summary>
/// <param name="Title">Its title, found by its beginning.</param>
/// <param name="CustomerEmail">The address of its customer, found exactly.</param>
/// <param name="ConversationNumber">Its number, found exactly.</param>
internal sealed record SearchTerms(string? Title, string? CustomerEmail, long? ConversationNumber)
{
    /// <summary>Precedes a title.</summary>
    public const string TitlePrefix = "t:";

    /// <summary>Precedes an address.</summary>
    public const string EmailPrefix = "e:";

    /// <summary>Precedes a number.</summary>
    public const string NumberPrefix = "n:";

    public static SearchTerms Of(EventFacts facts) => new(facts.Title, facts.CustomerEmail, facts.ConversationNumber);

    /// <summary>Folds the case of a term, in the way of <see cref="StringComparison.OrdinalIgnoreCase"/>.</summary>
    /// <remarks>Upper case, as two letters of lower case can share one: σ and ς are both Σ.</remarks>
    public static string Fold(string text) => text.ToUpperInvariant();

    /// <summary>Returns the terms of a resource after an event with these: an event that names none keeps the earlier ones.</summary>
    public SearchTerms After(SearchTerms? before) => new(
        Title ?? before?.Title,
        CustomerEmail ?? before?.CustomerEmail,
        ConversationNumber ?? before?.ConversationNumber);

    /// <summary>Returns the terms that others do not have, folded and with their prefix.</summary>
    public IEnumerable<string> Except(SearchTerms? others)
    {
        if (Title is not null && Title != others?.Title)
        {
            yield return TitlePrefix + Fold(Title);
        }

        if (CustomerEmail is not null && CustomerEmail != others?.CustomerEmail)
        {
            yield return EmailPrefix + Fold(CustomerEmail);
        }

        if (ConversationNumber is { } number && number != others?.ConversationNumber)
        {
            yield return NumberPrefix + number.ToString(CultureInfo.InvariantCulture);
        }
    }
}
