using System.Globalization;

const string Secret = "my-secret";
const string Key = "a-long-random-key";

var builder = DistributedApplication.CreateBuilder(args);
var (appPort, gatewayPort, helpScoutPort) = (Port("App", 5000), Port("Gateway", 5001), Port("HelpScout", 5010));
var (appUrl, gatewayUrl, helpScoutUrl) = (Url(appPort), Url(gatewayPort), Url(helpScoutPort));

// begin-snippet: aspire
var app = builder.AddProject<Projects.WithDashboard>("app", launchProfileName: null)
    .WithHttpEndpoint(appPort, appPort, isProxied: false)
    .WithEnvironment("Scouthook__Sources__default__Secrets__0", Secret)
    .WithEnvironment("Scouthook__Management__AdminKey", Key);

var gateway = builder.AddProject<Projects.Scouthook_Cli>("gateway")
    .WithArgs("serve", "--urls", gatewayUrl, "--secret", Secret)
    .WithHttpEndpoint(gatewayPort, gatewayPort, isProxied: false)
    .WithEnvironment("Scouthook__Endpoints__app__Url", appUrl + "/webhook")
    .WithEnvironment("Scouthook__Endpoints__app__Secret", Secret)
    .WithEnvironment("Scouthook__Delivery__AllowPrivateNetworks", "true")
    .WithEnvironment("Scouthook__Gateway__AdminKey", Key)
    .WithHttpHealthCheck("/readyz")
    .WaitFor(app);

builder.AddProject<Projects.Scouthook_Cli>("helpscout")
    .WithArgs("emulate", "--urls", helpScoutUrl, "--webhook", gatewayUrl + "/webhook")
    .WithArgs("--secret", Secret, "--rate", "1")
    .WithHttpEndpoint(helpScoutPort, helpScoutPort, isProxied: false)
    .WaitFor(gateway);
// end-snippet

builder.Build().Run();

int Port(string name, int standard) => int.Parse(
    builder.Configuration[$"Ports:{name}"] ?? standard.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);

static string Url(int port) => string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}");
