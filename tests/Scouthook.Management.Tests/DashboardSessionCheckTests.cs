using System.Security.Claims;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Scouthook.Management.Authentication;
using Scouthook.Management.Dashboard.Sessions;

namespace Scouthook.Management.Tests;

/// <summary>The session of an open page, whose circuit outlives the request that began it.</summary>
public sealed class DashboardSessionCheckTests
{
    private static readonly Caller Pat = Caller("operator");

    private readonly FakeTimeProvider _clock = new();
    private readonly Check _check = new() { Result = Pat };

    [Fact]
    public async Task Page_acts_for_the_caller_that_the_check_returns()
    {
        await using var session = Session();

        await session.StartAsync();

        Assert.Equal(Pat, session.Caller);
        Assert.False(session.HasEnded);
    }

    [Fact]
    public async Task Open_page_ends_within_a_minute_of_its_key()
    {
        await using var session = Session();
        var ended = new TaskCompletionSource();
        session.Ended += ended.SetResult;
        await session.StartAsync();

        _check.Result = null;
        _clock.Advance(DashboardSession.CheckInterval);
        await ended.Task.WaitAsync(TestContext.Current.CancellationToken);

        Assert.True(session.HasEnded);
        Assert.Throws<SessionEndedException>(() => session.Caller);
        Assert.False(session.IsOperator);
    }

    [Fact]
    public async Task Open_page_gets_the_new_role_of_its_caller()
    {
        await using var session = Session();
        await session.StartAsync();
        var checks = _check.Next();

        _check.Result = Caller("viewer");
        _clock.Advance(DashboardSession.CheckInterval);
        await checks.WaitAsync(TestContext.Current.CancellationToken);
        await WaitUntilAsync(() => !session.IsOperator);

        Assert.Equal(Caller("viewer"), session.Caller);
    }

    [Fact]
    public async Task Session_that_has_passed_its_end_is_not_started()
    {
        await using var session = Session(until: _clock.GetUtcNow());

        await session.StartAsync();

        Assert.True(session.HasEnded);
    }

    private static Caller Caller(string role) => SessionIdentity.ReadCaller(new ClaimsPrincipal(new ClaimsIdentity(
        [new("scouthook:name", "pat"), new("scouthook:role", role)], SessionIdentity.Scheme)))!;

    private DashboardSession Session(DateTimeOffset? until = null) => new(
        new User(new ClaimsPrincipal(SessionIdentity.Create(Pat, until ?? _clock.GetUtcNow().AddHours(8), [1, 2, 3]))),
        _check, _clock, NullLogger<DashboardSession>.Instance);

    private static async Task WaitUntilAsync(Func<bool> condition)
    {
        while (!condition())
        {
            TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }

    private sealed class User(ClaimsPrincipal user) : AuthenticationStateProvider
    {
        public override Task<AuthenticationState> GetAuthenticationStateAsync() => Task.FromResult(new AuthenticationState(user));
    }

    private sealed class Check : ISessionCheck
    {
        private TaskCompletionSource _next = new();

        public Caller? Result { get; set; }

        public Task Next() => (_next = new TaskCompletionSource()).Task;

        public ValueTask<Caller?> CheckAsync(ClaimsPrincipal user, CancellationToken cancellationToken)
        {
            _next.TrySetResult();
            return ValueTask.FromResult(Result);
        }
    }
}
