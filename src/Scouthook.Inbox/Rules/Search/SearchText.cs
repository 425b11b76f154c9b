using System.Globalization;
using Scouthook.Inbox.Model;
using Scouthook.Parsing;

namespace Scouthook.Inbox.Rules;

/// <summary>A search text of a user: an exact number, id or e-mail address, or the beginning of a title.</summary>
/// <param name="text">The text, without white space around it.</param>
/// <param name="asViewer">Whether to match only the parts of titles that viewers see.</param>
internal sealed class SearchText(string text, bool asViewer)
{
    // U+10FFFF, the last of all: titles also contain characters beyond U+FFFF.
    private const string LastCharacter = "\U0010FFFF";

    private readonly string _folded = SearchTerms.Fold(text);

    public string Text => text;

    public bool AsViewer => asViewer;

    /// <summary>The text as a number, written as numbers are shown: 007 is not the number 7.</summary>
    public long? Number { get; } =
        long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
        && number.ToString(CultureInfo.InvariantCulture) == text
            ? number
            : null;

    /// <summary>The text as the id of an event.</summary>
    public Guid? EventId { get; } = Guid.TryParse(text, out var id) ? id : null;

    /// <summary>The text as a resource id. Those of chats are UUIDs and compared as text, so both forms are tried.</summary>
    public IReadOnlyCollection<string> ChatIds { get; } =
        new HashSet<string> { text, text.ToLowerInvariant(), text.ToUpperInvariant() };

    /// <summary>The term of an e-mail address.</summary>
    public string EmailTerm => SearchTerms.EmailPrefix + _folded;

    /// <summary>The term of a conversation number.</summary>
    public string NumberTerm => SearchTerms.NumberPrefix + _folded;

    /// <summary>The first term of a title with this beginning.</summary>
    public string FirstTitleTerm => SearchTerms.TitlePrefix + _folded;

    /// <summary>A term after the last one of a title with this beginning.</summary>
    public string LastTitleTerm => SearchTerms.TitlePrefix + _folded + LastCharacter;

    public bool Matches(StoredEvent found) =>
        MatchesTitle(found.Facts)
        || text.Equals(found.Facts.CustomerEmail, StringComparison.OrdinalIgnoreCase)
        || (Number is { } number && found.Facts.ConversationNumber == number)
        || text.Equals(found.Facts.Resource?.Id, StringComparison.OrdinalIgnoreCase)
        || (EventId is { } id && found.Id == id);

    /// <remarks>Otherwise viewers could guess a token in the URL of a title, one character at a time.</remarks>
    private bool MatchesTitle(EventFacts facts) =>
        Begins(facts.Title) && (!asViewer || (!facts.TitleIsPreview && Begins(ViewerText.Mask(facts.Title))));

    private bool Begins(string? title) => title?.StartsWith(text, StringComparison.OrdinalIgnoreCase) == true;
}
