import type { Status } from '@junction/contracts';
import { counted } from './sizes.ts';
import { formatNumber } from './words.ts';

/** One thing to say about a whole environment: that nothing runs and why, who is needed, or that all is well. */
export type Standing = {
  is: 'withoutWorker' | 'paused' | 'needing' | 'threatened' | 'running' | 'idle';
  words: string;
  detail?: string;
  /** Since when, where the words end with "since". */
  since?: string;
};

/** Whether a run that comes over this connection fails as things are. */
export const isBroken = ({ health }: Status['upcoming']['rows'][number]['connection']): boolean =>
  health === 'actionRequired' || health === 'failing';

/** How many of those that are named are for who asks to do something about. */
const yoursWords = ({ total, rows }: Status['attention']): string | undefined => {
  const yours = rows.filter(({ isYours }) => isYours).length;
  if (rows.length < total) return undefined;
  const it = total === 1 ? 'it' : 'them';
  if (yours === 0) return `Somebody else has to do something about ${it}.`;
  return yours === total
    ? `You can do something about ${it}.`
    : `You can do something about ${formatNumber(yours)} of them.`;
};

const needing = ({ attention }: Status): Standing[] =>
  attention.total === 0
    ? []
    : [
        {
          is: 'needing',
          words: `${formatNumber(attention.total)} ${attention.total === 1 ? 'needs' : 'need'} somebody`,
          detail: yoursWords(attention),
        },
      ];

/** Who is told about connections that fail finds them among what needs somebody. */
const threatened = ({ attention, upcoming }: Status): Standing[] => {
  const count = upcoming.rows.filter(({ connection }) => isBroken(connection)).length;
  if (count === 0 || attention.rows.some(({ subject }) => subject.type !== 'export')) return [];
  return [
    {
      is: 'threatened',
      words: `${formatNumber(count)} of the next runs will probably fail`,
      detail: 'Their connections do not work at present.',
    },
  ];
};

const isIdle = ({ lastDay, running, upcoming }: Status): boolean =>
  running.total === 0 && upcoming.total === 0 && Object.values(lastDay).every((count) => count === 0);

/** What there is to say about an environment, what weighs most first; never nothing. */
export const standingsOf = (status: Status): [Standing, ...Standing[]] => {
  const [first, ...others] = [
    ...(status.workers === 0
      ? [
          {
            is: 'withoutWorker' as const,
            words: 'No worker is running: nothing will run until one is started',
            detail: 'Whoever operates this server starts workers.',
          },
        ]
      : []),
    ...(status.pausedAt === null ? [] : [{ is: 'paused' as const, words: 'Paused since', since: status.pausedAt }]),
    ...needing(status),
    ...threatened(status),
  ];
  if (first !== undefined) return [first, ...others];
  return isIdle(status)
    ? [{ is: 'idle', words: 'All is quiet', detail: 'Nothing ran since yesterday, and no run is scheduled.' }]
    : [{ is: 'running', words: 'Everything runs' }];
};

/** The same in a line: "2 need somebody · 1 running". */
export const statusInWords = (status: Status): string => {
  const [{ is, words }] = standingsOf(status);
  return [
    is === 'paused' ? 'Paused' : words,
    ...(is !== 'needing' && status.attention.total > 0 ? needing(status).map((standing) => standing.words) : []),
    ...(status.running.total > 0 ? [`${formatNumber(status.running.total)} running`] : []),
    ...(status.lastDay.failed > 0 ? [`${counted(status.lastDay.failed, 'failed run')} since yesterday`] : []),
  ].join(' · ');
};
