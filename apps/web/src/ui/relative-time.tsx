import { exactTime, relativeTime } from './dates.ts';
import { useNow } from './use-now.ts';
import { useViewer } from './viewer.tsx';

/** A moment as people say it; the exact one, in the viewer's time zone, on hover. Null shows `none`. */
export const RelativeTime = ({ at, none = 'Never' }: { at: string | null; none?: string }) => {
  const viewer = useViewer();
  const now = useNow();
  if (at === null) return <span>{none}</span>;
  return (
    <time dateTime={at} title={exactTime(at, viewer)}>
      {relativeTime(at, now, viewer)}
    </time>
  );
};
