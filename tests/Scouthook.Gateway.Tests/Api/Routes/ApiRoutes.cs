using System.Text.Json.Nodes;

namespace Scouthook.Gateway.Tests.Api.Routes;

/// <summary>Every route of the management API.</summary>
internal static class ApiRoutes
{
    public static IReadOnlyList<ApiRoute> All { get; } =
    [
        new("GET", "/events", "viewer", 200) { Name = "listEvents" },
        new("GET", "/events/{id}", "viewer", 200) { Name = "getEvent", Id = world => world.EventAsync() },
        new("GET", "/events/{id}/body", "operator", 200) { Name = "getEventBody", Id = world => world.EventAsync() },
        new("POST", "/events/{id}/replay", "operator", 202)
        {
            Name = "replayEvent",
            Id = world => world.EventAsync(),
            Body = _ => [],
            Wrong = [("body", "[]"), ("body", "{"), ("endpointId", """{"endpointId":"mine"}""")],
        },
        new("GET", "/replays", "viewer", 200) { Name = "listReplays" },
        new("POST", "/replays", "operator", 202)
        {
            Name = "createReplay",
            Body = _ => new JsonObject { ["types"] = new JsonArray("tag.*") },
            Wrong =
            [
                ("body", "{}"),
                ("deadLetters", """{"deadLetters":true}"""),
                ("types", """{"types":["convo.**"]}"""),
                ("since", """{"since":"yesterday"}"""),
                ("body", """{"filter":{}}"""),
                ("filter.resource", """{"filter":{"resource":"777"}}"""),
                ("filter.state", """{"filter":{"state":"bad"}}"""),
                ("filter.type", """{"filter":{"type":"convo.**"}}"""),
                ("filter.mailbox", """{"filter":{"mailbox":"x"}}"""),
                ("filter.q", """{"filter":{"q":"Invoice"}}"""),
            ],
        },
        new("GET", "/replays/{id}", "viewer", 200) { Name = "getReplay", Id = world => world.ReplayAsync() },
        new("POST", "/replays/{id}/stop", "operator", 200) { Name = "stopReplay", Id = world => world.ReplayAsync() },
        new("GET", "/endpoints", "viewer", 200) { Name = "listEndpoints" },
        new("POST", "/endpoints", "admin", 201)
        {
            Name = "createEndpoint",
            Body = world => world.NewEndpoint(),
            Wrong = [("url", "{}"), ("url", """{"url":"ftp://example.com"}"""), ("secret", """{"url":"https://example.com","secret":""}""")],
        },
        new("GET", "/endpoints/{id}", "viewer", 200) { Name = "getEndpoint", Id = world => world.EndpointAsync() },
        new("PATCH", "/endpoints/{id}", "admin", 200)
        {
            Name = "changeEndpoint",
            Id = world => world.EndpointAsync(),
            Body = _ => new JsonObject { ["events"] = new JsonArray("tag.*") },
            Wrong = [("url", """{"url":"/hook"}"""), ("events", """{"events":[]}"""), ("id", """{"id":"other"}""")],
        },
        new("DELETE", "/endpoints/{id}", "admin", 204) { Name = "deleteEndpoint", Id = world => world.EndpointAsync() },
        new("POST", "/endpoints/{id}/pause", "operator", 200) { Name = "pauseEndpoint", Id = world => world.EndpointAsync() },
        new("POST", "/endpoints/{id}/resume", "operator", 200) { Name = "resumeEndpoint", Id = world => world.EndpointAsync() },
        new("POST", "/endpoints/{id}/retry", "operator", 200) { Name = "retryEndpoint", Id = world => world.EndpointAsync() },
        new("POST", "/endpoints/{id}/rotate-secret", "admin", 200)
        {
            Name = "rotateEndpointSecret",
            Id = world => world.EndpointAsync(),
            Body = _ => [],
            Wrong = [("secret", """{"secret":""}"""), ("secret", """{"secret":"whsec_!"}""")],
        },
        new("POST", "/endpoints/{id}/rotate-secret/finish", "admin", 200)
        {
            Name = "finishEndpointSecretRotation",
            Id = world => world.EndpointAsync(),
        },
        new("POST", "/endpoints/{id}/test", "operator", 200) { Name = "testEndpoint", Id = world => world.EndpointAsync() },
        new("GET", "/deliveries", "viewer", 200) { Name = "listDeliveries" },
        new("GET", "/deliveries/{id}", "viewer", 200) { Name = "getDelivery", Id = world => world.DeadLetterAsync() },
        new("POST", "/deliveries/{id}/retry", "operator", 200) { Name = "retryDelivery", Id = world => world.DeadLetterAsync() },
        new("POST", "/deliveries/{id}/discard", "operator", 200) { Name = "discardDelivery", Id = world => world.DeadLetterAsync() },
        new("GET", "/stream", "viewer", 200) { Name = "followStream", IsEndless = true },
        new("GET", "/stats", "viewer", 200) { Name = "getStatistics" },
        new("GET", "/health", "viewer", 200) { Name = "getHealth" },
        new("GET", "/event-types", "viewer", 200) { Name = "listEventTypes" },
        new("GET", "/sources", "viewer", 200) { Name = "listSources" },
        new("POST", "/sources/{name}/secrets", "admin", 201)
        {
            Name = "addSourceSecret",
            Id = _ => Task.FromResult("default"),
            Body = _ => [],
            Wrong =
            [
                ("secret", """{"secret":" "}"""),
                ("expiresAt", """{"expiresAt":"2001-01-01T00:00:00Z"}"""),
            ],
        },
        new("PATCH", "/sources/{name}/secrets/{fingerprint}", "admin", 200)
        {
            Name = "changeSourceSecret",
            Id = world => world.SourceSecretAsync(),
            Body = _ => new JsonObject { ["expiresAt"] = "2099-01-01T00:00:00Z" },
            Wrong = [("expiresAt", "{}")],
        },
        new("DELETE", "/sources/{name}/secrets/{fingerprint}", "admin", 204)
        {
            Name = "endSourceSecret",
            Id = world => world.SourceSecretAsync(),
        },
        new("GET", "/keys", "admin", 200) { Name = "listKeys" },
        new("POST", "/keys", "admin", 201)
        {
            Name = "createKey",
            Body = _ => new JsonObject { ["name"] = "another", ["role"] = "viewer" },
            Wrong =
            [
                ("name", """{"role":"viewer"}"""),
                ("role", """{"name":"x"}"""),
                ("expiresAt", """{"name":"x","role":"viewer","expiresAt":"2001-01-01T00:00:00Z"}"""),
            ],
        },
        new("DELETE", "/keys/{id}", "admin", 204) { Name = "revokeKey", Id = world => world.KeyAsync() },
        new("GET", "/audit", "admin", 200) { Name = "listAudit" },
    ];

    public static ApiRoute Get(string name) => All.Single(route => route.Name == name);

    public static TheoryData<string> Names => [.. All.Select(route => route.Name)];

    public static TheoryData<string> NamesWithId => [.. All.Where(route => route.Id is not null).Select(route => route.Name)];
}
