import { HubConnectionBuilder, LogLevel } from '@microsoft/signalr';
import { apiKey } from './key';
import { LiveHub } from './LiveHub';

/** The hub of the gateway that served this page. Reconnecting is the hub's own business: it never gives up. */
export function connectHub(): LiveHub {
  const line = new HubConnectionBuilder()
    .withUrl('/hubs/live', { accessTokenFactory: () => apiKey() ?? '' })
    .configureLogging(LogLevel.None)
    .build();
  return new LiveHub(line);
}
