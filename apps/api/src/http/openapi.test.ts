import { api, apiRoot } from '@junction/contracts';
import { createConfig, lintFromString } from '@redocly/openapi-core';
import { describe, expect, it } from 'vitest';
import { createOpenApiDocument } from './openapi.ts';

describe('the OpenAPI document', () => {
  it('is valid under Redocly’s recommended rules, without a warning', async () => {
    const config = await createConfig({ extends: ['recommended'] });
    const problems = await lintFromString({
      source: JSON.stringify(createOpenApiDocument('1.0.0')),
      absoluteRef: '/openapi.json',
      config,
    });
    const lines = problems.map(({ ruleId, message, location }) => `${ruleId}: ${message} (${location[0]?.pointer})`);
    expect(lines).toEqual([]);
  });

  it('has every endpoint under its name', () => {
    const { paths = {}, servers } = createOpenApiDocument('1.0.0');
    const names = Object.values(paths).flatMap((path) =>
      Object.values(path).map((operation) => (operation as { operationId: string }).operationId),
    );
    expect(names.sort()).toEqual(Object.keys(api).sort());
    expect(servers).toEqual([{ url: apiRoot }]);
  });

  it('says where a token is taken, with what in its scope, and where only a browser is', () => {
    const { paths = {}, components } = createOpenApiDocument('1.0.0');
    const securityOf = (path: string, method: 'get' | 'post') => paths[path]?.[method]?.security;
    expect(components?.securitySchemes).toMatchObject({
      session: { type: 'apiKey', in: 'cookie', name: 'junction-session' },
      token: { type: 'http', scheme: 'bearer' },
    });
    const runs = securityOf('/environments/{environmentId}/exports/{exportId}/runs', 'post');
    expect(runs).toEqual([{ session: [] }, { token: ['export:run'] }]);
    expect(securityOf('/me', 'get')).toEqual([{ session: [] }, { token: [] }]);
    expect(securityOf('/me/tokens', 'post')).toEqual([{ session: [] }]);
    expect(securityOf('/sign-in-options', 'get')).toEqual([]);
  });
});
