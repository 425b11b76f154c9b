namespace Scouthook.Management.Dashboard.Sessions;

/// <summary>Thrown when a page acts for a session that has ended.</summary>
internal sealed class SessionEndedException() : Exception("The session has ended. Sign in again.");
