using Scouthook.Payloads;

namespace Scouthook.Testing.Emulating.Account.Playing;

/// <summary>Attachments of a busy day.</summary>
internal static class AttachmentSamples
{
    public static IReadOnlyList<Attachment>? Pick(Random random) => random.Next(8) switch
    {
        0 => [new() { Filename = "invoice-2026-88.pdf", MimeType = "application/pdf", Size = random.Next(9_000, 90_000) }],
        1 =>
        [
            new() { Filename = "capture é.png", MimeType = "image/png", Width = 640, Height = 480, Size = random.Next(9_000, 90_000) },
        ],
        _ => null,
    };
}
