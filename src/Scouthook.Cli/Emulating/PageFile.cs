using System.Collections.Immutable;

namespace Scouthook.Cli.Emulating;

/// <summary>A file of the page, embedded in the assembly so that every way of installing the tool contains it.</summary>
internal sealed class PageFile
{
    private readonly string _contentType;
    private readonly byte[] _content;

    private PageFile(string path, string name, string contentType)
    {
        Path = path;
        _contentType = contentType;
        using var resource = typeof(PageFile).Assembly.GetManifestResourceStream($"emulator/{name}")!;
        _content = new byte[resource.Length];
        resource.ReadExactly(_content);
    }

    public static ImmutableArray<PageFile> All { get; } =
    [
        new("/", "index.html", "text/html; charset=utf-8"),
        new("/page/page.js", "page.js", "text/javascript; charset=utf-8"),
        new("/page/page.css", "page.css", "text/css; charset=utf-8"),
        new("/page/icon.svg", "icon.svg", "image/svg+xml"),
    ];

    public string Path { get; }

    public Task WriteAsync(HttpContext context)
    {
        context.Response.ContentType = _contentType;
        context.Response.ContentLength = _content.Length;
        return context.Response.Body.WriteAsync(_content, context.RequestAborted).AsTask();
    }
}
