using Scouthook.Testing;

namespace Scouthook.Cli.Emulating;

/// <summary>Observes actions in an account.</summary>
internal static class HelpScoutAccountExtensions
{
    /// <summary>Returns the names of the events that are raised during actions.</summary>
    public static IReadOnlyList<string> Recording(this HelpScoutAccount account, Action actions)
    {
        var raised = new List<string>();
        void Add(AccountEvent happened) => raised.Add(happened.Name);

        account.Emitted += Add;
        try
        {
            actions();
        }
        finally
        {
            account.Emitted -= Add;
        }

        return raised;
    }
}
