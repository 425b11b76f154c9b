using Xunit.v3;

// The tests that wait for a clock or a restart do so beside those that take turns.
[assembly: Parallelization(MaxThreads = 4)]
