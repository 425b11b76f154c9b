using Scouthook.Cli.CommandLine;
using Spectre.Console;

namespace Scouthook.Cli.Tests.Tables;

public sealed class PaletteTests
{
    /// <summary>WCAG requires 3 for large text and symbols. A word always says the same as the colour.</summary>
    private const double Contrast = 3.5;

    [Theory]
    [InlineData(Palette.Good)]
    [InlineData(Palette.Waiting)]
    [InlineData(Palette.Bad)]
    [InlineData(Palette.Accent)]
    public void Colour_is_readable_on_white_and_on_black(string name)
    {
        var colour = Style.Parse(name).Foreground;
        var light = (0.2126 * Linear(colour.R)) + (0.7152 * Linear(colour.G)) + (0.0722 * Linear(colour.B));

        Assert.InRange((1 + 0.05) / (light + 0.05), Contrast, 21);
        Assert.InRange((light + 0.05) / 0.05, Contrast, 21);
    }

    private static double Linear(byte channel) =>
        channel / 255d is var part && part <= 0.04045 ? part / 12.92 : Math.Pow((part + 0.055) / 1.055, 2.4);
}
