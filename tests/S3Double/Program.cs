using Hts.S3Double;

return await DoubleCommand.Create().Parse(args).InvokeAsync();
