using Xunit.v3;

// Tests mostly wait: for the tool to start, for an event, for a silence.
[assembly: Parallelization(MaxThreads = 4)]
