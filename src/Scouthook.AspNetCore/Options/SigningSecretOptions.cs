namespace Scouthook.AspNetCore;

/// <summary>One secret: its text, or the file that holds it.</summary>
public sealed class SigningSecretOptions
{
    /// <summary>The secret as entered at Help Scout. Set this or <see cref="File"/>.</summary>
    public string? Value { get; set; }

    /// <summary>A file whose content is the secret; a line break at its end is not part of it.</summary>
    /// <value>A path, absolute or below the content root. The file is looked at again every few seconds.</value>
    public string? File { get; set; }

    /// <summary>The instant from which the secret is not trusted any more.</summary>
    /// <value><see langword="null"/> unless set: it does not expire.</value>
    public DateTimeOffset? ExpiresAt { get; set; }

    /// <summary>Makes a secret of its text.</summary>
    /// <param name="value">The secret as entered at Help Scout.</param>
    public static implicit operator SigningSecretOptions(string value) => new() { Value = value };

    /// <summary>Returns the name of the type, never the secret.</summary>
    /// <returns><c>SigningSecretOptions</c>.</returns>
    public override string ToString() => nameof(SigningSecretOptions);
}
