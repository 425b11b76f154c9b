namespace Scouthook.TestSupport.Gateways;

/// <summary>Gateways that deliver to this machine.</summary>
internal static class DeliverySetup
{
    extension(GatewaySetup setup)
    {
        /// <summary>Allows deliveries to this machine, with attempts a second apart.</summary>
        public GatewaySetup Delivering(int attempts = 60) => setup
            .With("Scouthook:Delivery:AllowPrivateNetworks", "true")
            .With("Scouthook:Delivery:RetrySchedule", string.Join(',', Enumerable.Repeat("1s", attempts - 1)));

        /// <summary>Configures a path of a sink as an endpoint.</summary>
        public GatewaySetup To(string name, SinkPath path, params (string Member, string Value)[] members) =>
            setup.To(name, path.Url, [("Secret", path.Secret), .. members]);

        public GatewaySetup To(string name, string url, params (string Member, string Value)[] members) => members.Aggregate(
            setup.With($"Scouthook:Endpoints:{name}:Url", url),
            (all, member) => all.With($"Scouthook:Endpoints:{name}:{member.Member}", member.Value));
    }
}
