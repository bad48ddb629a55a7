import { dayOf, exactTime } from './dates.ts';
import { useViewer } from './viewer.tsx';

/** The day of a moment, for a time limit that people plan by; the exact one on hover. */
export const Day = ({ at }: { at: string }) => {
  const viewer = useViewer();
  return (
    <time dateTime={at} title={exactTime(at, viewer)}>
      {dayOf(at, viewer)}
    </time>
  );
};
