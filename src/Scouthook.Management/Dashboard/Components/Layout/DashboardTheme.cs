using MudBlazor;

namespace Scouthook.Management.Dashboard.Components.Layout;

/// <summary>The colours and the type of the dashboard. Fonts are those of the system: nothing is loaded from elsewhere.</summary>
internal static class DashboardTheme
{
    private static readonly string[] Fonts = ["system-ui", "-apple-system", "Segoe UI", "Roboto", "Helvetica Neue", "Arial", "sans-serif"];

    /// <remarks>The same colours as in <c>dashboard.css</c>; text on each has a contrast of at least 4.5.</remarks>
    public static MudTheme Instance { get; } = new()
    {
        PaletteLight = new PaletteLight
        {
            Primary = "#2456c9",
            PrimaryContrastText = "#ffffff",
            Error = "#b3261e",
            ErrorContrastText = "#ffffff",
            Success = "#1b6e3c",
            SuccessContrastText = "#ffffff",
            Warning = "#8a5a00",
            WarningContrastText = "#ffffff",
            Info = "#1f5c99",
            InfoContrastText = "#ffffff",
            Background = "#f6f7f9",
            Surface = "#ffffff",
            AppbarBackground = "#ffffff",
            AppbarText = "#1c2430",
            DrawerBackground = "#ffffff",
            DrawerText = "#1c2430",
            DrawerIcon = "#4a5565",
            TextPrimary = "#1c2430",
            TextSecondary = "#4a5565",
            LinesDefault = "#d9dee6",
            LinesInputs = "#7a8594",
        },
        PaletteDark = new PaletteDark
        {
            Primary = "#9bbcff",
            PrimaryContrastText = "#0b1424",
            Error = "#ffb4ab",
            ErrorContrastText = "#3b0907",
            Success = "#8ddba6",
            SuccessContrastText = "#04210f",
            Warning = "#f1c56b",
            WarningContrastText = "#2b1d00",
            Info = "#a3ccf5",
            InfoContrastText = "#05203a",
            Background = "#12161d",
            Surface = "#1a202a",
            AppbarBackground = "#1a202a",
            AppbarText = "#e7ebf1",
            DrawerBackground = "#1a202a",
            DrawerText = "#e7ebf1",
            DrawerIcon = "#b3bdca",
            TextPrimary = "#e7ebf1",
            TextSecondary = "#b3bdca",
            LinesDefault = "#333c49",
            LinesInputs = "#8592a3",
        },
        Typography = new Typography
        {
            Default = new DefaultTypography { FontFamily = Fonts, FontSize = "0.9375rem", LineHeight = "1.5" },
            Button = new ButtonTypography { FontFamily = Fonts, TextTransform = "none", FontWeight = "600", FontSize = "0.875rem" },
        },
        LayoutProperties = new LayoutProperties { DefaultBorderRadius = "8px", DrawerWidthLeft = "210px", AppbarHeight = "48px" },
    };
}
