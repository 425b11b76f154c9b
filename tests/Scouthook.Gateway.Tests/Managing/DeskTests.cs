using System.Reflection;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration.Memory;
using Microsoft.Extensions.DependencyInjection;
using Scouthook.Gateway.Managing;
using Scouthook.Gateway.Operating;
using Scouthook.Gateway.Tests.Support;
using Scouthook.Inbox.Model;

namespace Scouthook.Gateway.Tests.Managing;

/// <summary>The services that API and dashboard share: each method refuses lesser roles, whoever calls it.</summary>
public sealed class DeskTests : IDisposable
{
    /// <summary>Asks about the caller itself.</summary>
    private const string Unguarded = "KeyDesk.IsLiveAsync";

    private static readonly Dictionary<string, ApiRole> Roles = new()
    {
        ["AuditDesk.ListAsync"] = ApiRole.Admin,
        ["ChangeDesk.BeginAsync"] = ApiRole.Viewer,
        ["ChangeDesk.FollowAsync"] = ApiRole.Viewer,
        ["DeliveryDesk.DiscardAsync"] = ApiRole.Operator,
        ["DeliveryDesk.FindAsync"] = ApiRole.Viewer,
        ["DeliveryDesk.ListAsync"] = ApiRole.Viewer,
        ["DeliveryDesk.RetryAsync"] = ApiRole.Operator,
        ["EndpointDesk.ChangeAsync"] = ApiRole.Admin,
        ["EndpointDesk.CreateAsync"] = ApiRole.Admin,
        ["EndpointDesk.DeleteAsync"] = ApiRole.Admin,
        ["EndpointDesk.FindAsync"] = ApiRole.Viewer,
        ["EndpointDesk.FinishRotationAsync"] = ApiRole.Admin,
        ["EndpointDesk.ListAsync"] = ApiRole.Viewer,
        ["EndpointDesk.RetryAsync"] = ApiRole.Operator,
        ["EndpointDesk.RotateAsync"] = ApiRole.Admin,
        ["EndpointDesk.SetStateAsync"] = ApiRole.Operator,
        ["EndpointDesk.TestAsync"] = ApiRole.Operator,
        ["EventDesk.CountAsync"] = ApiRole.Viewer,
        ["EventDesk.FindAsync"] = ApiRole.Viewer,
        ["EventDesk.ListAsync"] = ApiRole.Viewer,
        ["EventDesk.ReadBodyAsync"] = ApiRole.Operator,
        ["KeyDesk.CreateAsync"] = ApiRole.Admin,
        ["KeyDesk.ListAsync"] = ApiRole.Admin,
        ["KeyDesk.RevokeAsync"] = ApiRole.Admin,
        ["OverviewDesk.ReadAsync"] = ApiRole.Viewer,
        ["OverviewDesk.SourcesAsync"] = ApiRole.Viewer,
        ["ReplayDesk.CreateAsync"] = ApiRole.Operator,
        ["ReplayDesk.FindAsync"] = ApiRole.Viewer,
        ["ReplayDesk.ListAsync"] = ApiRole.Viewer,
        ["ReplayDesk.StopAsync"] = ApiRole.Operator,
    };

    private readonly Folder _folder = new();
    private readonly WebApplication _app;

    public DeskTests() => _app = GatewayHost.Build(builder => builder.Configuration.Sources.Insert(
        0,
        new MemoryConfigurationSource
        {
            InitialData =
            [
                new("Scouthook:Sources:default:Secrets:0", GatewaySetup.Secret),
                new("Scouthook:Inbox:Sqlite:Path", Path.Combine(_folder.Path, "scouthook.db")),
            ],
        }));

    public static TheoryData<string> Methods => [.. Roles.Keys];

    public void Dispose()
    {
        ((IDisposable)_app).Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void Every_method_that_takes_a_caller_is_known_here() => Assert.Equal(
        Roles.Keys.Append(Unguarded).Order(StringComparer.Ordinal),
        Guarded().Select(it => $"{it.DeclaringType!.Name}.{it.Name}").Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Methods))]
    public async Task Method_refuses_lesser_roles_before_it_does_anything(string name)
    {
        var method = Guarded().Single(it => $"{it.DeclaringType!.Name}.{it.Name}" == name);

        // One less than a viewer is nobody's role; a method that asks for none would let it pass.
        for (var role = ApiRole.Viewer - 1; role < Roles[name]; role++)
        {
            await Assert.ThrowsAsync<NotAllowedException>(() => CallAsync(method, new Caller("somebody", role)));
        }
    }

    private static List<MethodInfo> Guarded() =>
    [
        .. typeof(EventDesk).Assembly.GetTypes()
            .Where(type => type.Namespace == typeof(EventDesk).Namespace && type.Name.EndsWith("Desk", StringComparison.Ordinal))
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
        var desk = _app.Services.GetRequiredService(method.DeclaringType!);
        switch (method.Invoke(desk, BindingFlags.DoNotWrapExceptions, null, arguments, null))
        {
            case Task task:
                await task;
                break;
            default:
                break;
        }
    }
}
