import { type RefObject, useEffect, useRef, useState } from 'react';

type Gone = { index: number; ids: readonly string[] };

/**
 * When rows leave a table because of what was done to them, the focus would fall to the document's start with them: it goes
 * to the row that took the place of the first of them, and to the page where no row is left. Returns the ref of what is
 * around the table, and what to call with the rows that leave.
 */
export const useFocusAfterRows = (
  rows: readonly { id: string }[] | undefined,
): [around: RefObject<HTMLDivElement | null>, leave: (gone: Gone) => void] => {
  const around = useRef<HTMLDivElement>(null);
  const [gone, setGone] = useState<Gone>();
  useEffect(() => {
    if (gone === undefined || rows?.some(({ id }) => gone.ids.includes(id))) return undefined;
    // After Fluent has drawn the rows that stay, and has looked for another one itself.
    const timer = setTimeout(() => {
      setGone(undefined);
      if (document.activeElement !== document.body) return;
      const drawn = [...(around.current?.querySelectorAll<HTMLElement>('[data-automationid="DetailsRow"]') ?? [])];
      const next = drawn.find(({ dataset }) => Number(dataset.itemIndex) === gone.index) ?? drawn.at(-1);
      const target = next?.querySelector<HTMLElement>('[aria-haspopup="true"]') ?? document.getElementById('content');
      target?.focus();
    });
    return () => clearTimeout(timer);
  }, [gone, rows]);
  return [around, setGone];
};
