using Hts.S3Double;

return await DoubleCommand.Run(args, new(), CancellationToken.None);
