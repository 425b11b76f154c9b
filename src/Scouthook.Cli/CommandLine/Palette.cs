namespace Scouthook.Cli.CommandLine;

/// <summary>Colours of this tool, each readable on a white and on a black background.</summary>
/// <remarks>
/// The first 16 colours are what a terminal makes of them: yellow and green are too pale for a white background in most. These come
/// from the fixed part of the 256 colours; a terminal with fewer gets the nearest ones.
/// </remarks>
internal static class Palette
{
    public const string Good = "green4";
    public const string Waiting = "darkorange3";
    public const string Bad = "red3_1";
    public const string Accent = "dodgerblue2";
}
