import { vi } from 'vitest';

/** Records where the page leaves for, which jsdom cannot do. Everything else of the location stays as it is. */
export const watchLeaving = (): string[] => {
  const goneTo: string[] = [];
  const real = window.location;
  vi.stubGlobal('location', {
    get pathname() {
      return real.pathname;
    },
    get search() {
      return real.search;
    },
    get hash() {
      return real.hash;
    },
    get origin() {
      return real.origin;
    },
    assign: (url: string) => goneTo.push(url),
  });
  return goneTo;
};
