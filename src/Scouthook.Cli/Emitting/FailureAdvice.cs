using Scouthook.Cli.CommandLine;
using Scouthook.Testing;

namespace Scouthook.Cli.Emitting;

/// <summary>Says what to check when a receiver does not accept an event.</summary>
internal static class FailureAdvice
{
    public static string For(string answer, Uri target) => answer switch
    {
        "401" or "403" => "The receiver rejected the signature. Check that it has the same secret and verifies the raw bytes.",
        "404" => $"There is nothing at {target.AbsolutePath}. Is the path right? Scouthook receives at /webhook.",
        "405" => $"{target.AbsolutePath} does not accept POST. Is the path right?",
        "408" => "The receiver gave up waiting for the body.",
        "410" => "A 410 makes Help Scout deactivate the webhook at once. Return it only on purpose.",
        "413" => "The receiver or a proxy allows only smaller bodies than a conversation can have (nginx: client_max_body_size).",
        "415" => "The receiver expects another content type. Help Scout sends application/json.",
        "429" => "The receiver limits requests. Try a lower --rate.",
        "503" => "The receiver cannot store events right now. Help Scout would send the event again.",
        NetworkFailure.Refused => $"Nothing listens at {target.Authority}. Is the receiver running, and is the port right?",
        NetworkFailure.UnknownHost => $"The name {target.Host} could not be resolved. Check the spelling.",
        NetworkFailure.Tls => "No secure connection. Is the certificate trusted here, and does the receiver speak https?",
        NetworkFailure.Timeout => $"No answer in {HelpScoutSender.Timeout.TotalSeconds:0} s. A receiver should store the event and answer at once.",
        NetworkFailure.Broken => "The connection broke before an answer came. Does the receiver speak this scheme (http or https)?",
        ['3', ..] => "Redirects are not followed. Give the address it points to.",
        ['4', ..] => "The receiver rejected the request. Its log should say why.",
        ['5', ..] => "The receiver failed. Its log should say why; Help Scout would send the event again.",
        _ => "The receiver did not answer with a 2xx, so Help Scout would send the event again.",
    };
}
