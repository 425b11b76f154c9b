using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using Scouthook.Inbox.Configuring;

namespace Scouthook.Inbox.Declaring;

/// <summary>The endpoints that the configuration declares now.</summary>
internal sealed class LiveEndpoints(IConfiguration configuration, ILogger<LiveEndpoints> logger)
    : LiveSection<IReadOnlyList<DeclaredEndpoint>>(
        configuration,
        static (section, mistakes) => new EndpointSectionReader(section, mistakes).Read(),
        mistakes => InboxLog.EndpointReloadRefused(logger, mistakes));
