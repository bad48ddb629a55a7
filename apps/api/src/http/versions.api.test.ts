import * as contract from '@junction/contracts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeEnvironment } from '../testing/factories.ts';
import { openTestHouse, type TestHouse } from '../testing/house.ts';

let house: TestHouse;
let place: Awaited<ReturnType<typeof makeEnvironment>>;
beforeAll(async () => {
  house = await openTestHouse();
  place = await makeEnvironment(house);
});
afterAll(() => house.close());

const params = () => ({ environmentId: place.environment.id });
const read = (ifNoneMatch?: string) =>
  place.asAdmin(contract.getEnvironment, {
    params: params(),
    headers: ifNoneMatch === undefined ? {} : { 'if-none-match': ifNoneMatch },
  });
const rename = (name: string, ifMatch?: string) =>
  place.asAdmin(contract.updateEnvironment, { params: params(), body: { name }, ifMatch });

describe('ETags', () => {
  it('spare a client what it has, until it changes', async () => {
    const first = await read();
    const tag = first.headers.get('etag') ?? '';
    expect(tag).toMatch(/^"v\d+\.[\w-]{16}"$/);
    for (const value of [tag, `W/${tag}`, `"other", ${tag}`, '*'])
      expect(await read(value)).toMatchObject({ status: 304, text: '' });
    expect((await read('"other"')).status).toBe(200);
    await rename('Renamed', '*');
    expect((await read(tag)).status).toBe(200);
  });

  it('of a list follow its content', async () => {
    const list = (headers: Record<string, string> = {}) => place.asAdmin(contract.listEnvironments, { headers });
    const tag = (await list()).headers.get('etag') ?? '';
    expect((await list({ 'if-none-match': tag })).status).toBe(304);
  });
});

describe('If-Match', () => {
  it('is needed for a change', async () => {
    expect((await rename('No version')).problem).toMatchObject({ status: 428, code: 'preconditionRequired' });
  });

  it.each(['"v999"', '"v0"', 'v1', 'W/"v1"', '"something else"', '"v998", "v999"', '"v1" "v2"', '"v1', '*, "v1"'])(
    'refuses %s',
    async (ifMatch) => {
      expect((await rename('Stale', ifMatch)).problem).toMatchObject({ status: 412, code: 'preconditionFailed' });
    },
  );

  it('takes the etag field, the ETag header of the same version, and *', async () => {
    const current = await read();
    expect((await rename('By field', current.body.etag)).status).toBe(200);
    const header = (await read()).headers.get('etag') ?? '';
    expect((await rename('By header', header)).status).toBe(200);
    expect((await rename('By star', '*')).status).toBe(200);
  });

  it('takes a list that has the version in it, however it is written', async () => {
    const listed = async (write: (tag: string) => string) => {
      const { etag } = (await read()).body;
      return (await rename(`Listed ${etag}`, write(etag))).status;
    };
    expect(await listed((tag) => `"v999", ${tag}`)).toBe(200);
    expect(await listed((tag) => `${tag},"something, else",W/"v1"`)).toBe(200);
    expect(await listed((tag) => `, ${tag.replace(/"$/, '.abc_-1"')} ,`)).toBe(200);
    expect(await listed((tag) => `W/${tag}, "v999"`)).toBe(412);
  });
});
