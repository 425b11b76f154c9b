namespace Scouthook.Testing.Generating;

/// <summary>A clock for a story that has to end at a given time.</summary>
/// <param name="end">The time at which the story ends.</param>
internal sealed class StoryClock(DateTimeOffset end) : TimeProvider
{
    // Before the first scene there is only the account itself.
    private DateTimeOffset _now = end - TimeSpan.FromHours(1);

    public override DateTimeOffset GetUtcNow() => _now;

    public void MoveTo(TimeSpan beforeEnd) => _now = end - beforeEnd;
}
