using Scouthook.Events;

namespace Scouthook.Management.Services.Views;

/// <summary>The names of <see cref="EventState"/> in JSON.</summary>
internal static class StateText
{
    public static string From(EventState state) => state switch
    {
        EventState.Ok => "ok",
        EventState.Unknown => "unknown",
        EventState.Unreadable => "unreadable",
        EventState.Notification => "notification",
        _ => throw new ArgumentOutOfRangeException(nameof(state)),
    };

    public static bool TryRead(string text, out EventState state)
    {
        foreach (var known in Enum.GetValues<EventState>())
        {
            if (text == From(known))
            {
                state = known;
                return true;
            }
        }

        state = default;
        return false;
    }
}
