using Hts.Hosting;

return await GatewayProcess.Run(args);
