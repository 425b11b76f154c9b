using System.Text;
using Scouthook.Cli.CommandLine;
using Scouthook.Cli.Commands;

if (OperatingSystem.IsWindows())
{
    Console.OutputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
}

return await CommandRunner.RunAsync(new ScouthookCommand(TimeProvider.System), args, TimeProvider.System);
