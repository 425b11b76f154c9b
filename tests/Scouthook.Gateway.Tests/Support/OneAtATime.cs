using Xunit.Sdk;
using Xunit.v3;

// Every test starts processes and most of them measure or count: beside others they would be slower and less certain.
[assembly: Parallelization(Mode = ParallelMode.None)]
