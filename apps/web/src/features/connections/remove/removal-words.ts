import { type ConnectionUsage, type Removal, removalNeedsNameAbove } from '@junction/contracts';
import { connectionCount, exportCount, formatNumber, someNames } from '../../../lib/words.ts';
import { everyWords } from '../profiles/profile-words.ts';

type Counts = ConnectionUsage['counts'];
export type Usage = Pick<ConnectionUsage, 'counts' | 'profiles' | 'liveRuns' | 'undoDays' | 'etag'>;

/** Exports that a removal touches. */
export const dependentExports = ({ writes, reads }: Counts): number => writes + reads;

/** Whether so much depends on a connection that its name has to be typed before it is removed. */
export const needsName = (counts: Counts): boolean => dependentExports(counts) > removalNeedsNameAbove;

const count = (amount: number, one: string, many: string): string =>
  `${formatNumber(amount)} ${amount === 1 ? one : many}`;

/** The heading of each group of what depends on a connection. */
export const groupTitles = {
  writes: (amount: number) => `${exportCount(amount)} ${amount === 1 ? 'writes' : 'write'} to it`,
  reads: (amount: number) => `${exportCount(amount)} only ${amount === 1 ? 'reads' : 'read'} from it`,
  entity: (amount: number) => `${count(amount, 'entity', 'entities')} ${amount === 1 ? 'is' : 'are'} read from it`,
} as const;

/** The amounts of the groups in the order of their headings. */
export const groupCounts = ({ writes, reads, entities }: Counts) =>
  [
    { kind: 'writes', amount: writes },
    { kind: 'reads', amount: reads },
    { kind: 'entity', amount: entities },
  ] as const;

/** What depends on a connection, in one line: "12 exports write to it · 40 entities are read from it". */
export const usageInShort = ({ counts, profiles }: Pick<Usage, 'counts' | 'profiles'>): string => {
  const parts = [
    ...groupCounts(counts)
      .filter(({ amount }) => amount > 0)
      .map(({ kind, amount }) => groupTitles[kind](amount)),
    ...(profiles === null ? [] : [`${count(profiles.people, 'person sees', 'people see')} its profile data`]),
  ];
  return parts.length === 0 ? 'Nothing depends on it' : parts.join(' · ');
};

type ProfilesUsage = NonNullable<Usage['profiles']>;

/** How long a removal can be undone; where nothing is kept of it, not at all. */
const undoSentence = (days: number, its: string, profiles: readonly ProfilesUsage[]): string => {
  const back = profiles.some((usage) => usage.profiles !== null) ? 'report and access' : 'access';
  const hasProfiles = profiles.length > 0;
  const what = hasProfiles ? `${its} secrets, report and access list` : `${its} secrets`;
  return days === 0
    ? `This cannot be undone: ${what} are destroyed at once.`
    : `You can undo this for ${days === 1 ? 'a day' : `${formatNumber(days)} days`}${hasProfiles ? `, which brings ${back} back` : ''}. After that ${what} are destroyed.`;
};

/** What becomes of the profile data of one connection, a sentence each. */
const profileConsequences = ({ profiles, people, everyHours, isImporting }: ProfilesUsage): string[] => [
  ...(profiles === null
    ? []
    : [`The report of its ${count(profiles, 'customer profile', 'customer profiles')} can no longer be seen.`]),
  ...(people === 0 ? [] : [`${count(people, 'person loses', 'people lose')} access to its profile data.`]),
  isImporting
    ? `The import under way is canceled, and profiles are no longer imported ${everyWords(everyHours)}.`
    : `Profiles are no longer imported ${everyWords(everyHours)}.`,
];

/** The same of several connections together. */
const manyProfileConsequences = (all: readonly ProfilesUsage[]): string[] => {
  const sum = (of: (usage: ProfilesUsage) => number) => all.reduce((total, usage) => total + of(usage), 0);
  const profiles = sum((usage) => usage.profiles ?? 0);
  const people = sum((usage) => usage.people);
  const importing = sum(({ isImporting }) => (isImporting ? 1 : 0));
  return [
    ...(profiles === 0
      ? []
      : [`The reports of ${count(profiles, 'customer profile', 'customer profiles')} can no longer be seen.`]),
    ...(people === 0 ? [] : [`Access to profile data is lost ${count(people, 'time', 'times')}.`]),
    importing === 0
      ? 'Profiles are no longer imported.'
      : `${count(importing, 'import', 'imports')} under way ${importing === 1 ? 'is' : 'are'} canceled, and profiles are no longer imported.`,
  ];
};

/** What becomes of everything that depends on connections, a sentence each. */
export const consequencesOf = (usages: readonly Omit<Usage, 'etag'>[]): string[] => {
  const sum = (of: (usage: Omit<Usage, 'etag'>) => number) => usages.reduce((total, usage) => total + of(usage), 0);
  const [writes, reads, entities] = [
    sum(({ counts }) => counts.writes),
    sum(({ counts }) => counts.reads),
    sum(({ counts }) => counts.entities),
  ];
  const liveRuns = sum((usage) => usage.liveRuns);
  const profiles = usages.map((usage) => usage.profiles).filter((one) => one !== null);
  const [first, ...others] = profiles;
  const [it, its] = usages.length === 1 ? ['it', 'its'] : ['them', 'their'];
  return [
    ...(writes + reads + entities === 0 && first === undefined
      ? [`Nothing depends on ${it}, so nothing else changes.`]
      : []),
    ...(writes === 1
      ? [
          '1 export becomes inactive: it keeps its definition and schedule, stops running, and can be connected to another connection.',
        ]
      : writes > 1
        ? [
            `${exportCount(writes)} become inactive: they keep their definition and schedule, stop running, and can be connected to another connection.`,
          ]
        : []),
    ...(reads > 0
      ? [
          `${exportCount(reads)} that only ${reads === 1 ? 'reads' : 'read'} from ${it} ${reads === 1 ? 'keeps its' : 'keep their'} own connection and ${reads === 1 ? 'becomes' : 'become'} inactive until what ${reads === 1 ? 'it reads' : 'they read'} is back or replaced.`,
        ]
      : []),
    ...(entities > 0 ? [`${count(entities, 'entity', 'entities')} can no longer be chosen for exports.`] : []),
    ...(liveRuns > 0 ? [`${count(liveRuns, 'run', 'runs')} under way ${liveRuns === 1 ? 'is' : 'are'} canceled.`] : []),
    ...(first === undefined
      ? []
      : others.length === 0
        ? profileConsequences(first)
        : manyProfileConsequences(profiles)),
    undoSentence(Math.min(...usages.map(({ undoDays }) => undoDays)), its, profiles),
  ];
};

/** "Remove and inactivate 12 exports", or just "Remove". */
export const removeText = (usages: readonly Pick<Usage, 'counts'>[]): string => {
  const exports = usages.reduce((total, { counts }) => total + dependentExports(counts), 0);
  const remove = usages.length === 1 ? 'Remove' : `Remove ${connectionCount(usages.length)}`;
  return exports === 0 ? remove : `${remove} and inactivate ${exportCount(exports)}`;
};

/** What has become of removed connections and of their exports. */
export const removedSentence = (names: readonly string[], removals: readonly Removal[]): string => {
  const sum = (of: (removal: Removal) => number) => removals.reduce((total, removal) => total + of(removal), 0);
  const inactive = sum(({ inactivated, withoutSource }) => inactivated + withoutSource);
  const moved = sum((removal) => removal.moved);
  const canceled = sum(({ canceledRuns }) => canceledRuns);
  return [
    names.length === 1
      ? `${names[0]} is removed.`
      : `${connectionCount(names.length)} are removed: ${someNames(names)}.`,
    ...(moved > 0 ? [`${exportCount(moved)} moved.`] : []),
    ...(inactive > 0 ? [`${exportCount(inactive)} ${inactive === 1 ? 'is' : 'are'} inactive now.`] : []),
    ...(canceled > 0 ? [`${count(canceled, 'run was', 'runs were')} canceled.`] : []),
  ].join(' ');
};

/** What is known of the exports that depend on a connection: how many, and which ones where all have been seen. */
export type KnownExports = { counts: Counts; ids?: ReadonlySet<string> };

/** The exports of a usage, with their ids if it came in one piece. */
export const knownExports = ({ counts, value, nextLink }: ConnectionUsage): KnownExports => ({
  counts,
  ...(nextLink === undefined && {
    ids: new Set(value.filter(({ kind }) => kind !== 'entity').map(({ id }) => id)),
  }),
});

const were = (amount: number, what: string) => `${exportCount(amount)} ${amount === 1 ? 'was' : 'were'} ${what}`;

/** What has changed since the list was shown: "2 exports were added and 1 export was removed or moved." */
export const usageChange = (before: KnownExports, after: KnownExports): string => {
  const [had, has] = [dependentExports(before.counts), dependentExports(after.counts)];
  const ids = before.ids?.size === had && after.ids?.size === has ? [before.ids, after.ids] : undefined;
  const [added, gone] =
    ids === undefined
      ? [Math.max(has - had, 0), Math.max(had - has, 0)]
      : [
          [...(ids[1] ?? [])].filter((id) => !ids[0]?.has(id)).length,
          [...(ids[0] ?? [])].filter((id) => !ids[1]?.has(id)).length,
        ];
  const parts = [...(added > 0 ? [were(added, 'added')] : []), ...(gone > 0 ? [were(gone, 'removed or moved')] : [])];
  const what = parts.length === 0 ? 'some exports depend on it in another way' : parts.join(' and ');
  return `What depends on it has changed since you looked: ${what}. Nothing was removed. Look again, then decide.`;
};
