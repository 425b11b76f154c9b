namespace Scouthook.Parsing;

/// <summary>The newest message of one kind found by the scan: its time and its author.</summary>
internal ref struct ScannedMoment
{
    private bool _isMet;

    public DateTimeOffset? At;
    public ScannedPerson Author;

    /// <summary>
    /// Keeps the newer message. Of two with the same time the first stays: bodies are sorted newest first.
    /// </summary>
    public void Note(DateTimeOffset? at, scoped in ScannedPerson author)
    {
        if (!_isMet || at > At || (at is not null && At is null))
        {
            _isMet = true;
            At = at;
            Author = author;
        }
    }
}
