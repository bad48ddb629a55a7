import type { House } from '../../house.ts';

type Place = { environmentId: string; subjectType: string; subjectId: string; runId: string | null };

/** The page of the web that tells more about a notice. */
export const pageLink = (
  { publicUrl }: Pick<House, 'publicUrl'>,
  { environmentId, subjectType, subjectId, runId }: Place,
): string => {
  const page =
    subjectType === 'connection'
      ? `connections/${subjectId}`
      : `exports/${subjectId}${runId === null ? '' : `/runs/${runId}`}`;
  return new URL(`/e/${environmentId}/${page}`, publicUrl).href;
};
