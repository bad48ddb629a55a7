import { connect, type Socket } from 'node:net';
import { lookupOf } from './checked-lookup.ts';

/** Opens a socket to one of the addresses that were checked for it. What is aborted rejects with the signal's reason. */
export const openSocket = (
  { host, port }: { host: string; port: number },
  addresses: readonly string[],
  signal: AbortSignal,
): Promise<Socket> =>
  new Promise((resolve, reject) => {
    signal.throwIfAborted();
    const socket = connect({ host, port, lookup: lookupOf(addresses), noDelay: true, keepAlive: true });
    const onAbort = () => {
      socket.destroy();
      reject(signal.reason);
    };
    signal.addEventListener('abort', onAbort, { once: true });
    // Stays when the socket is handed out, so that an error before its new owner listens does not end the process.
    socket.on('error', reject);
    socket.once('close', () => signal.removeEventListener('abort', onAbort));
    socket.once('connect', () => {
      signal.removeEventListener('abort', onAbort);
      resolve(socket);
    });
  });
