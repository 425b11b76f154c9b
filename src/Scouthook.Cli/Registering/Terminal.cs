using Scouthook.Cli.CommandLine;
using Spectre.Console;

namespace Scouthook.Cli.Registering;

/// <summary>Asks the user, if there is a terminal to ask on.</summary>
/// <remarks>Questions go to standard error, so that standard output can be redirected.</remarks>
internal static class Terminal
{
    public static bool CanAsk => !Console.IsInputRedirected && !Console.IsErrorRedirected;

    public static Task<string> AskAsync(string question, Func<string, string?> problem, CancellationToken cancellationToken) =>
        Screen.Error.PromptAsync(
            new TextPrompt<string>(Markup.Escape(question)).Validate(answer => problem(answer) is { } wrong
                ? ValidationResult.Error(Markup.Escape($"It {wrong}"))
                : ValidationResult.Success()),
            cancellationToken);

    public static async Task<IReadOnlyList<string>> ChooseAsync(
        string question, IReadOnlyList<string> choices, CancellationToken cancellationToken)
    {
        var prompt = new MultiSelectionPrompt<string>()
            .Title(Markup.Escape(question))
            .Required()
            .HighlightStyle(Style.Parse(Palette.Accent))
            .InstructionsText("(space selects, enter confirms)")
            .AddChoices(choices);
        foreach (var choice in choices)
        {
            prompt.Select(choice);
        }

        return await Screen.Error.PromptAsync(prompt, cancellationToken);
    }

    public static Task<bool> ConfirmAsync(string question, CancellationToken cancellationToken) =>
        Screen.Error.PromptAsync(
            new ConfirmationPrompt(Markup.Escape(question))
            {
                DefaultValue = false,
                ChoicesStyle = Style.Parse(Palette.Accent),
                DefaultValueStyle = Style.Parse(Palette.Accent),
            },
            cancellationToken);
}
