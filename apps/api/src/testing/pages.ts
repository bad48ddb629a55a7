/** Follows a list's nextLinks to the end; `between` runs before each further page. Resolves with the values of each page. */
export const allPages = async <Item>(
  ask: (skiptoken: string | undefined) => Promise<{ body: { value: Item[]; nextLink?: string } }>,
  between: () => Promise<unknown> = async () => {},
): Promise<Item[][]> => {
  const pages: Item[][] = [];
  let skiptoken: string | undefined;
  do {
    const { value, nextLink } = (await ask(skiptoken)).body;
    pages.push(value);
    skiptoken =
      nextLink === undefined ? undefined : (new URL(nextLink, 'http://any').searchParams.get('skiptoken') ?? '');
    if (skiptoken !== undefined) await between();
  } while (skiptoken !== undefined);
  return pages;
};
