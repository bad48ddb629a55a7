import { connect } from 'node:net';
import { serveTcp, type TestServer } from './servers.ts';

/** How much of what is sent goes through before a connection breaks. */
const bytesBeforeBreak = 1024 * 1024;

/** Stands in front of a server of loopback; each connection breaks in the middle of what is sent through it. */
export const serveBreaking = (port: number): Promise<TestServer> =>
  serveTcp((incoming) => {
    const outgoing = connect(port, '127.0.0.1');
    let sent = 0;
    const end = () => {
      incoming.destroy();
      outgoing.destroy();
    };
    incoming.on('data', (bytes) => {
      sent += bytes.length;
      if (sent > bytesBeforeBreak) end();
      else outgoing.write(bytes);
    });
    outgoing.pipe(incoming);
    for (const socket of [incoming, outgoing]) socket.on('error', end).on('close', end);
  });
