/** JSON with the names of each object in order, as a database may give them back in another one. */
const inOrder = (value: unknown): string =>
  JSON.stringify(value, (_, part: unknown) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  ) ?? '';

/** Whether two values are the same JSON. */
export const isSame = (one: unknown, other: unknown): boolean => inOrder(one) === inOrder(other);
