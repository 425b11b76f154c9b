namespace Scouthook.Inbox.Configuring;

/// <summary>The store that the app has registered, if it is not the SQLite file that is the default.</summary>
/// <param name="Name">Its name in <c>Scouthook:Inbox:Store</c>, which is also the name of its section.</param>
/// <param name="IsSetInCode">True if code gives its connection, so that the configuration need not.</param>
/// <param name="FindProblem">Checks a connection string; returns the problem, without the string, or <see langword="null"/>.</param>
internal sealed record InstalledStore(string Name, bool IsSetInCode, Func<string, string?> FindProblem);
