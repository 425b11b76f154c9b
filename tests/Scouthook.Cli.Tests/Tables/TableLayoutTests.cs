using Scouthook.Cli.Tables;
using Spectre.Console;

namespace Scouthook.Cli.Tests.Tables;

public sealed class TableLayoutTests
{
    [Fact]
    public void Everything_is_shown_in_full_where_there_is_room() =>
        Assert.Equal([10, 30, 8], TableLayout.Fit([(10, null, null, 0), (30, 5, null, 1), (8, null, null, 0)], 80));

    [Fact]
    public void Columns_are_left_out_by_rank_until_the_others_fit() =>
        Assert.Equal([20, null, null, 20], TableLayout.Fit([(20, null, null, 0), (20, null, null, 1), (20, null, null, 2), (20, null, null, 0)], 45));

    [Fact]
    public void Column_is_cut_before_another_one_is_left_out() =>
        Assert.Equal([20, 16, 20], TableLayout.Fit([(20, null, null, 0), (50, 10, null, 0), (20, null, null, 3)], 60));

    [Fact]
    public void Column_is_left_out_before_another_one_is_cut_below_its_good_width() =>
        Assert.Equal([20, 38, null], TableLayout.Fit([(20, null, null, 0), (50, 10, 30, 0), (20, null, null, 3)], 60));

    [Fact]
    public void Cut_columns_share_the_rest_evenly() =>
        Assert.Equal([9, 9, 5], TableLayout.Fit([(40, 5, null, 0), (60, 5, null, 0), (5, null, null, 0)], 27));

    [Fact]
    public void Columns_that_must_be_shown_stay_even_if_they_do_not_fit() =>
        Assert.Equal([30, 30, null], TableLayout.Fit([(30, null, null, 0), (30, null, null, 0), (5, null, null, 1)], 40));

    [Fact]
    public void Columns_are_cut_below_their_minimum_before_rows_are_wrapped() =>
        Assert.Equal([30, 10, 9], TableLayout.Fit([(30, null, null, 0), (40, 12, null, 0), (40, 12, null, 0)], 53));

    [Theory]
    [InlineData("short", 10, "short")]
    [InlineData("exactly-10", 10, "exactly-10")]
    [InlineData("one too long", 11, "one too lo…")]
    [InlineData("請求書の件について", 9, "請求書の…")]
    [InlineData("🎉🎉🎉🎉", 5, "🎉🎉…")]
    public void Text_is_cut_by_the_cells_it_occupies(string text, int width, string expected)
    {
        var shown = TableLayout.Shorten(text, width);

        Assert.Equal(expected, shown);
        Assert.True(shown.GetCellWidth() <= width);
    }
}
