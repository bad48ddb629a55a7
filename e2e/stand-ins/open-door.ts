import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

const bodyOf = async (request: IncomingMessage): Promise<unknown> => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(Buffer.from(chunk));
  return JSON.parse(Buffer.concat(chunks).toString());
};

/** Opens a door on loopback through which flows ask a stand-in to do something; the answer is what that came to. Resolves with its address. */
export const openDoor = async (does: (asked: unknown) => unknown): Promise<string> => {
  const door = createServer(async (request, response) => {
    try {
      const outcome = await does(await bodyOf(request));
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(outcome ?? null));
    } catch (error) {
      response.writeHead(500).end(String(error));
    }
  });
  await new Promise<void>((resolve) => door.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(door.address() as AddressInfo).port}`;
};
