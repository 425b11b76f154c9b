namespace Scouthook.Inbox.Model;

/// <summary>The outcome of a change to an endpoint.</summary>
internal enum EndpointOutcome
{
    Done,

    /// <summary>The endpoint already was as requested; nothing was written.</summary>
    Unchanged,

    NotFound,
    NameTaken,

    /// <summary>Configuration or code declares the endpoint and would undo the change at the next start.</summary>
    Declared,

    /// <summary>The configuration sets the secret and would restore it.</summary>
    SecretDeclared,

    /// <summary>The endpoint is a handler, which has neither a URL nor a secret.</summary>
    NotHttp,

    /// <summary>The stored secrets cannot be decrypted with the current key ring.</summary>
    SecretsUnreadable,

    /// <summary>The endpoint is paused or disabled.</summary>
    NotEnabled,

    /// <summary>The maximum number of earlier secrets still signs.</summary>
    TooManySecrets,
}
