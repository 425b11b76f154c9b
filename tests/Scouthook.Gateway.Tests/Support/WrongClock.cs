namespace Scouthook.Gateway.Tests.Support;

/// <summary>A wall clock that a test sets while a real process runs; monotonic time stays as it is.</summary>
internal sealed class WrongClock(string folder)
{
    private readonly string _file = Path.Combine(folder, "wall-clock");

    /// <summary>Returns the setup of a gateway that uses it.</summary>
    public GatewaySetup Of(GatewaySetup setup)
    {
        Set("+0");
        return setup with
        {
            Environment = new Dictionary<string, string>(setup.Environment)
            {
                ["LD_PRELOAD"] = Library(),
                ["FAKETIME_TIMESTAMP_FILE"] = _file,
                ["FAKETIME_NO_CACHE"] = "1",
                ["DONT_FAKE_MONOTONIC"] = "1",

                // Otherwise every timed wait of the process ends at once, also reading from a database.
                ["FAKETIME_FORCE_MONOTONIC_FIX"] = "0",
                ["NO_FAKE_STAT"] = "1",
            },
        };
    }

    /// <summary>Sets it forward or back, for example <c>+365d</c>.</summary>
    public void Set(string offset)
    {
        // Replaced atomically, because the process reads the file whenever it reads the clock.
        var next = _file + ".next";
        File.WriteAllText(next, offset + "\n");
        File.Move(next, _file, overwrite: true);
    }

    private static string Library() => Directory.EnumerateDirectories("/usr/lib", "*-linux-gnu")
        .Select(it => Path.Combine(it, "faketime", "libfaketime.so.1"))
        .FirstOrDefault(File.Exists)
        ?? throw new InvalidOperationException("libfaketime is missing: ./test.sh installs it.");
}
