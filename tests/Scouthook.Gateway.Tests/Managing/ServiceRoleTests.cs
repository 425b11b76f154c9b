using System.Reflection;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration.Memory;
using Microsoft.Extensions.DependencyInjection;
using Scouthook.Gateway.Hosting;
using Scouthook.Inbox.Model;
using Scouthook.Management.Authentication;
using Scouthook.Management.Services;

namespace Scouthook.Gateway.Tests.Managing;

/// <summary>Each method of the services behind the API rejects callers with a lower role.</summary>
public sealed class ServiceRoleTests : IDisposable
{
    /// <summary>Checks the caller itself.</summary>
    private const string Unguarded = "KeyService.IsLiveAsync";

    private static readonly Dictionary<string, ApiRole> Roles = new()
    {
        ["AuditService.ListAsync"] = ApiRole.Admin,
        ["ChangeService.BeginAsync"] = ApiRole.Viewer,
        ["ChangeService.FollowAsync"] = ApiRole.Viewer,
        ["ChangeService.Notify"] = ApiRole.Viewer,
        ["DeliveryService.DiscardAsync"] = ApiRole.Operator,
        ["DeliveryService.FindAsync"] = ApiRole.Viewer,
        ["DeliveryService.ListAsync"] = ApiRole.Viewer,
        ["DeliveryService.RetryAsync"] = ApiRole.Operator,
        ["EndpointService.ChangeAsync"] = ApiRole.Admin,
        ["EndpointService.CreateAsync"] = ApiRole.Admin,
        ["EndpointService.DeleteAsync"] = ApiRole.Admin,
        ["EndpointService.FindAsync"] = ApiRole.Viewer,
        ["EndpointService.FinishRotationAsync"] = ApiRole.Admin,
        ["EndpointService.ListAsync"] = ApiRole.Viewer,
        ["EndpointService.RetryAsync"] = ApiRole.Operator,
        ["EndpointService.RotateAsync"] = ApiRole.Admin,
        ["EndpointService.SetStateAsync"] = ApiRole.Operator,
        ["EndpointService.TestAsync"] = ApiRole.Operator,
        ["EventService.FindAsync"] = ApiRole.Viewer,
        ["EventService.ListAsync"] = ApiRole.Viewer,
        ["EventService.ReadBodyAsync"] = ApiRole.Operator,
        ["KeyService.CreateAsync"] = ApiRole.Admin,
        ["KeyService.ListAsync"] = ApiRole.Admin,
        ["KeyService.RevokeAsync"] = ApiRole.Admin,
        ["OverviewService.ReadAsync"] = ApiRole.Viewer,
        ["OverviewService.ReadEndpointAsync"] = ApiRole.Viewer,
        ["OverviewService.SourcesAsync"] = ApiRole.Viewer,
        ["ReplayService.CreateAsync"] = ApiRole.Operator,
        ["ReplayService.FindAsync"] = ApiRole.Viewer,
        ["ReplayService.ListAsync"] = ApiRole.Viewer,
        ["ReplayService.StopAsync"] = ApiRole.Operator,
        ["SourceSecretService.AddAsync"] = ApiRole.Admin,
        ["SourceSecretService.EndAsync"] = ApiRole.Admin,
        ["SourceSecretService.FingerprintAsync"] = ApiRole.Admin,
        ["SourceSecretService.RemoveAsync"] = ApiRole.Admin,
    };

    private readonly Folder _folder = new();
    private readonly WebApplication _app;

    public ServiceRoleTests() => _app = GatewayHost.Build(builder => builder.Configuration.Sources.Insert(
        0,
        new MemoryConfigurationSource
        {
            InitialData =
            [
                new("Scouthook:Sources:default:Secrets:0", GatewaySetup.Secret),
                new("Scouthook:Inbox:DataDirectory", _folder.Path),
            ],
        }));

    public static TheoryData<string> Methods => [.. Roles.Keys];

    public void Dispose()
    {
        ((IDisposable)_app).Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void Every_method_that_takes_a_caller_is_tested_here() => Assert.Equal(
        Roles.Keys.Append(Unguarded).Order(StringComparer.Ordinal),
        Guarded().Select(it => $"{it.DeclaringType!.Name}.{it.Name}").Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Methods))]
    public async Task Method_rejects_lower_roles_before_it_does_anything(string name)
    {
        var method = Guarded().Single(it => $"{it.DeclaringType!.Name}.{it.Name}" == name);

        // One below viewer is not a role; a method without a check would accept it.
        for (var role = ApiRole.Viewer - 1; role < Roles[name]; role++)
        {
            await Assert.ThrowsAsync<NotAllowedException>(() => CallAsync(method, new Caller("a caller", role)));
        }
    }

    private static List<MethodInfo> Guarded() =>
    [
        .. typeof(EventService).Assembly.GetTypes()
            .Where(type => type.Namespace == typeof(EventService).Namespace && type.Name.EndsWith("Service", StringComparison.Ordinal))
            .SelectMany(type => type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly))
            .Where(method => method.GetParameters() is [{ ParameterType.Name: nameof(Caller) }, ..]),
    ];

    private async Task CallAsync(MethodInfo method, Caller caller)
    {
        object?[] arguments =
        [
            caller,
            .. method.GetParameters().Skip(1).Select(it =>
                it.ParameterType.IsValueType ? Activator.CreateInstance(it.ParameterType) : null),
        ];
        var service = _app.Services.GetRequiredService(method.DeclaringType!);
        switch (method.Invoke(service, BindingFlags.DoNotWrapExceptions, null, arguments, null))
        {
            case Task task:
                await task;
                break;
            default:
                break;
        }
    }
}
