using System.Collections.Concurrent;
using Microsoft.Playwright;

namespace Scouthook.Dashboard.Tests.Support;

/// <summary>A browser page on a dashboard. It records all that the browser complains about.</summary>
internal sealed class OpenPage : IAsyncDisposable
{
    /// <summary>How long to wait for anything, in milliseconds: the machine may be busy.</summary>
    public const float Patience = 90_000;

    private readonly ConcurrentQueue<string> _complaints = new();
    private readonly ConcurrentQueue<IResponse> _responses = new();

    public OpenPage(IPage page)
    {
        Page = page;
        page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning")
            {
                _complaints.Enqueue($"{message.Type}: {message.Text} ({message.Location})");
            }
        };
        page.PageError += (_, error) => _complaints.Enqueue($"exception: {error}");
        page.Response += (_, response) => _responses.Enqueue(response);
    }

    public IPage Page { get; }

    /// <summary>Errors, warnings and violations of the policy that the browser reported.</summary>
    public IReadOnlyCollection<string> Complaints => _complaints;

    public IReadOnlyCollection<IResponse> Responses => _responses;

    public ILocator Heading => Page.Locator("#content h1");

    /// <summary>The area that the pages fill.</summary>
    public ILocator Content => Page.Locator("#content");

    /// <summary>Opens the sign-in page and submits a key.</summary>
    public async Task SubmitKeyAsync(string key)
    {
        await Page.GotoAsync("sign-in");
        await Page.GetByLabel("API key").FillAsync(key);
        await Page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
    }

    public async Task SignInAsync(string key)
    {
        await SubmitKeyAsync(key);
        await SeesHeadingAsync("Overview");
    }

    /// <summary>Opens a page by its address and waits until it has loaded.</summary>
    public async Task GoAsync(string path)
    {
        await Page.GotoAsync(path);
        try
        {
            await SettleAsync();
        }
        catch (TimeoutException)
        {
            Assert.Fail($"/{path} shows no content. {string.Join('\n', Complaints)}");
        }
    }

    /// <summary>Waits until the page has its data.</summary>
    public Task SettleAsync() => Page.WaitForFunctionAsync(
        "() => document.querySelector('#content h1') && ![...document.querySelectorAll('#content [role=status]')].some(status => status.textContent.startsWith('Loading'))");

    public Task SeesHeadingAsync(string text) => SeesAsync(Heading.Filter(new() { HasText = text }));

    public static Task SeesAsync(ILocator locator) => locator.First.WaitForAsync();

    public Task SeesAsync(string text) => SeesAsync(Content.GetByText(text));

    /// <summary>Waits until the keyboard is on an element.</summary>
    public Task FocusesAsync(string selector) =>
        Page.WaitForFunctionAsync("selector => document.activeElement?.matches(selector)", selector);

    public Task ClickAsync(string button) =>
        Page.GetByRole(AriaRole.Button, new() { Name = button, Exact = true }).ClickAsync();

    /// <summary>Clicks a button in the open dialog.</summary>
    public Task ConfirmAsync(string button) => Page.GetByRole(AriaRole.Dialog)
        .GetByRole(AriaRole.Button, new() { Name = button, Exact = true }).ClickAsync();

    public ValueTask DisposeAsync() => new(Page.Context.CloseAsync());
}
