using System.Text.Json.Nodes;

namespace Scouthook.AsyncApi.Model;

/// <summary>One message of the contract.</summary>
/// <param name="Name">Its published name, such as <c>convoAssigned</c>.</param>
/// <param name="EventName">The value of <c>X-HelpScout-Event</c>.</param>
/// <param name="Title">Its title for readers.</param>
/// <param name="Summary">The event it reports.</param>
/// <param name="Description">Further details.</param>
/// <param name="Family">Its family.</param>
/// <param name="Payload">A reference to the schema of the body.</param>
/// <param name="Example">A sample body.</param>
/// <param name="ExampleSignature">The signature of that body under <see cref="ContractText.ExampleSecret"/>.</param>
internal sealed record ContractMessage(
    string Name, string EventName, string Title, string Summary, string Description, ContractFamily Family,
    JsonObject Payload, JsonNode Example, string ExampleSignature);
