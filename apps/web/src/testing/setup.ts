import '../app/fabric-config.ts';
import '@testing-library/jest-dom/vitest';
import { cleanup, configure } from '@testing-library/react';
import { afterEach, beforeAll, vi } from 'vitest';
import { reachable } from '../lib/connectivity.ts';
import { registerJunctionIcons } from '../ui/icons.tsx';

/** Pages are loaded on first use; the first test of a file waits for all of theirs, which takes a busy machine more than five seconds. */
const firstUseMs = 20_000;
configure({ asyncUtilTimeout: firstUseMs });

/** jsdom has no layout, so nothing is ever resized; tables then show all of their columns. */
class NoResizeObserver implements ResizeObserver {
  observe(): void {}
  unobserve(): void {}
  disconnect(): void {}
}

beforeAll(() => {
  registerJunctionIcons();
  vi.stubGlobal('ResizeObserver', NoResizeObserver);
  window.matchMedia = (media) =>
    Object.assign(new EventTarget(), {
      media,
      matches: false,
      onchange: null,
      addListener: () => undefined,
      removeListener: () => undefined,
    });
  Element.prototype.scrollIntoView = () => undefined;
  window.scrollTo = () => undefined;
});

afterEach(() => {
  cleanup();
  localStorage.clear();
  reachable.set(true);
});
