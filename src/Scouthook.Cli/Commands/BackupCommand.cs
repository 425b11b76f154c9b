using System.CommandLine;
using Scouthook.Cli.CommandLine;
using Scouthook.Cli.Managing;
using Spectre.Console;

namespace Scouthook.Cli.Commands;

/// <summary><c>scouthook backup</c>: the store and its keys in one file.</summary>
internal sealed class BackupCommand : Command, IHasExamples
{
    private readonly Option<string> _to = new("--to") { Description = "The file to write, a tar archive.", Required = true, HelpName = "path" };
    private readonly Option<string> _data = new("--data")
    {
        Description = "The data directory.",
        HelpName = "directory",
        DefaultValueFactory = _ => "scouthook-data",
    };

    private readonly Option<bool> _json = CommonOptions.Json();

    public BackupCommand()
        : base("backup", "Write a consistent copy of the store and its key ring, also while the gateway runs.")
    {
        Options.Add(_to);
        Options.Add(_data);
        Options.Add(_json);
        SetAction(RunAsync);
    }

    public IReadOnlyList<(string Does, string Example)> Examples { get; } =
    [
        ("every night", "scouthook backup --data /var/lib/scouthook --to /backup/scouthook-$(date +%F).tar"),
        ("to put it back, into an empty directory", "tar -xf scouthook-2026-03-02.tar -C scouthook-data"),
    ];

    private async Task<int> RunAsync(ParseResult parseResult, CancellationToken cancellationToken)
    {
        var backup = await Backup.WriteAsync(
            parseResult.GetRequiredValue(_data), parseResult.GetRequiredValue(_to), cancellationToken);
        if (parseResult.GetValue(_json))
        {
            JsonOutput.Write(new { file = backup.File, bytes = backup.Bytes, through = backup.Through });
        }
        else
        {
            Screen.Out.WriteLine($"{backup.File}: {backup.Bytes} bytes, every event up to sequence {backup.Through}.");
            Screen.Out.WriteLine("It holds the key ring that opens the secrets of endpoints: keep it as you keep those.");
        }

        return ExitCode.Ok;
    }
}
