using Hts.Commands;
using Hts.Models;

var exitCode = await CommandLine.Run(args);
TorchRuntime.EndProcess(exitCode);
return exitCode;
