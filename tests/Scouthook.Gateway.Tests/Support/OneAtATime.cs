using Xunit.Sdk;
using Xunit.v3;

// Every test starts processes and most of them measure or count: in parallel they would be slower and less reliable.
[assembly: Parallelization(Mode = ParallelMode.None)]
