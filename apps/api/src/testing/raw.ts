import { request } from 'node:http';
import type { TestHouse } from './house.ts';

type Sent = { method?: string; path: string; headers?: Record<string, string>; body?: string | Buffer };
export type Received = { status: number; headers: Record<string, string | string[] | undefined>; text: string };

/** Sends exactly this, also what `fetch` would forbid or correct. */
export const sendRaw = (
  house: Pick<TestHouse, 'baseUrl'>,
  { method = 'GET', path, headers = {}, body }: Sent,
): Promise<Received> =>
  new Promise((resolve, reject) => {
    const { hostname, port } = new URL(house.baseUrl);
    const sent = request({ hostname, port, method, path, headers, agent: false }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () =>
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          text: Buffer.concat(chunks).toString(),
        }),
      );
    });
    sent.on('error', reject);
    sent.end(body);
  });
