namespace Scouthook.AspNetCore;

/// <summary>One secret: its text, or the file that contains it.</summary>
public sealed class SigningSecretOptions
{
    /// <summary>The secret as entered in Help Scout. Set this or <see cref="File"/>.</summary>
    public string? Value { get; set; }

    /// <summary>A file that contains the secret; a line break at its end is ignored.</summary>
    /// <value>A path, absolute or below the content root. The file is read again every few seconds.</value>
    public string? File { get; set; }

    /// <summary>The time at which the secret expires.</summary>
    /// <value>The default is <see langword="null"/>: it does not expire.</value>
    public DateTimeOffset? ExpiresAt { get; set; }

    /// <summary>Converts the text of a secret.</summary>
    /// <param name="value">The secret as entered in Help Scout.</param>
    public static implicit operator SigningSecretOptions(string value) => new() { Value = value };

    /// <summary>Returns the name of the type, never the secret.</summary>
    /// <returns><c>SigningSecretOptions</c>.</returns>
    public override string ToString() => nameof(SigningSecretOptions);
}
