// The yardstick of starting: an app as "dotnet new web" makes it.
var builder = WebApplication.CreateBuilder(args);
var app = builder.Build();

app.MapGet("/", () => "Hello World!");

app.Run();
