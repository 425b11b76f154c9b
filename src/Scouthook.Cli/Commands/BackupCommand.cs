using System.CommandLine;
using Scouthook.Cli.CommandLine;
using Scouthook.Cli.Managing;
using Scouthook.Cli.Tables;

namespace Scouthook.Cli.Commands;

/// <summary><c>scouthook backup</c>: writes the store and its keys to one file.</summary>
internal sealed class BackupCommand : Command, IHasExamples
{
    private readonly Option<string> _to = new("--to") { Description = "The tar archive to write. It must not exist yet.", Required = true, HelpName = "path" };
    private readonly Option<string> _data = new("--data")
    {
        Description = "The data directory of the gateway.",
        HelpName = "directory",
        DefaultValueFactory = _ => "scouthook-data",
    };

    private readonly Option<bool> _json = CommonOptions.Json();

    public BackupCommand()
        : base("backup", "Write a consistent copy of the store and its key ring to a tar archive. The gateway may be running.")
    {
        Options.Add(_to);
        Options.Add(_data);
        Options.Add(_json);
        SetAction(RunAsync);
    }

    public IReadOnlyList<(string Does, string Example)> Examples { get; } =
    [
        ("every night", "scouthook backup --data /var/lib/scouthook --to /backup/scouthook-$(date +%F).tar"),
        ("restore it, into an empty directory while the gateway is stopped", "tar -xf scouthook-2026-03-02.tar -C scouthook-data"),
    ];

    private async Task<int> RunAsync(ParseResult parseResult, CancellationToken cancellationToken)
    {
        var backup = await Backup.WriteAsync(
            parseResult.GetRequiredValue(_data), parseResult.GetRequiredValue(_to), cancellationToken);
        if (parseResult.GetValue(_json))
        {
            JsonOutput.Write(new { file = backup.File, bytes = backup.Bytes, through = backup.Through, keyRing = backup.HasKeyRing });
        }
        else
        {
            Prose.WriteLine($"Wrote {backup.File}: {ItemText.Bytes(backup.Bytes)}, with every event up to sequence {backup.Through}.");
            Prose.WriteLine(backup.HasKeyRing
                ? "It contains the key ring that decrypts the secrets of endpoints. Store it as you store secrets."
                : "It contains no key ring, because the directory has none. If Scouthook:Inbox:DataDirectory names another directory, back up its keys too.");
        }

        return ExitCode.Ok;
    }
}
