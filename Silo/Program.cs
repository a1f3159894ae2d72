using Hts.Commands;

return await CommandLine.Run(args);
