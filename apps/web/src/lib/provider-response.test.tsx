import { afterEach, expect, test } from 'vitest';
import { keepProviderResponse, takeProviderResponse } from './provider-response.ts';

afterEach(() => window.history.replaceState(null, '', '/'));

test('is out of the address once it is kept, and given once', () => {
  window.history.replaceState({ idx: 0 }, '', '/sign-in/callback?code=1&state=2#x');
  keepProviderResponse();
  expect(window.location.href).toMatch(/\/sign-in\/callback$/);
  expect(window.history.state).toEqual({ idx: 0 });
  expect(takeProviderResponse()).toBe('code=1&state=2');
  expect(takeProviderResponse()).toBeNull();
});

test('the query of any other page stays', () => {
  window.history.replaceState(null, '', '/sign-in?return=%2Faccount');
  keepProviderResponse();
  expect(window.location.search).toBe('?return=%2Faccount');
  expect(takeProviderResponse()).toBeNull();
});
