using System.CommandLine;
using Hts.Load.Chaos;
using Hts.Load.Feed;
using Hts.Load.Shadows;
using Hts.Load.Store;

var root = new RootCommand("Puts the real program under load and measures it from outside.")
{
    FeedVerb.Create(),
    StoreVerb.Create(),
    ShadowVerb.Create(),
    ChaosVerb.Create(),
};
// A run that is broken off still ends its silo, whose database takes its time, and removes its folder.
return await root.Parse(args).InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = TimeSpan.FromMinutes(2) });
