import { askedSecrets, isOptionalSecret, type Manifest, metaOf, takesOf } from '@junction/connectors/manifests';
import type { CheckResult, FieldError, StatusReason } from '@junction/contracts';
import type * as z from 'zod';
import { AppError } from '../../platform/app-error.ts';
import { fieldErrors, invalidInput, parseInput } from '../../platform/field-errors.ts';

export type Values = Readonly<Record<string, unknown>>;
export type Patch = { settings?: Values; secrets?: Readonly<Record<string, string | null>> };

/** What is stored of a connection's target: its settings, and which secrets it has. Nothing of either for a new one. */
export type StoredTarget = { settings: Values; secretNames: readonly string[] };
export const nothingStored: StoredTarget = { settings: {}, secretNames: [] };

/** What a connection will point at after a change. */
export type Plan = {
  /** As the manifest's schema returns them. */
  settings: Values;
  /** The only place that the secrets may be sent to. */
  endpoint: string;
  /** Secrets that came with the change, as the manifest's schema returns them. */
  given: Readonly<Record<string, string>>;
  /** Stored secrets that stay in use; their endpoint is the same as before. */
  kept: readonly string[];
  /** Stored secrets that the settings no longer ask for. */
  dropped: readonly string[];
  /** Whether anything differs from what is stored. */
  isChanged: boolean;
};

/** What forms show in place of a secret. Stored as one, it would replace the real secret. */
const maskPattern = /^[•●∙·*\s]+$/u;

/** RFC 7396; settings are flat, so one level is all there is. */
const mergePatch = (stored: Values, patch: Values): Values =>
  Object.fromEntries(Object.entries({ ...stored, ...patch }).filter(([, value]) => value !== null));

const labelOf = (manifest: Manifest, secret: string): string =>
  metaOf(manifest.secrets.shape[secret] as z.ZodType).label;

const readSecret = (
  manifest: Manifest,
  name: string,
  text: string,
): { secret: string } | { problems: FieldError[] } => {
  const field = `secrets.${name}`;
  const schema = Object.hasOwn(manifest.secrets.shape, name) ? (manifest.secrets.shape[name] as z.ZodType) : undefined;
  if (!schema) return { problems: [{ field, code: 'unknown_field', message: 'There is no such field.' }] };
  if (maskPattern.test(text)) {
    const message =
      'This is a placeholder, not a secret. Enter the secret, or leave the field out to keep the stored one.';
    return { problems: [{ field, code: 'mask', message }] };
  }
  const parsed = schema.safeParse(text);
  return parsed.success ? { secret: String(parsed.data) } : { problems: fieldErrors(parsed.error, field) };
};

type Secrets = Pick<Plan, 'given' | 'kept' | 'dropped'>;

/** Sorts the secrets into given, kept and dropped. `asked` is undefined when the settings are wrong and so do not tell. */
const readSecrets = (
  manifest: Manifest,
  stored: readonly string[],
  patch: Readonly<Record<string, string | null>>,
  asked: readonly string[] | undefined,
  isSamePlace: boolean,
): Secrets & { problems: FieldError[]; neededAgain: FieldError[] } => {
  const given: Record<string, string> = {};
  const problems: FieldError[] = [];
  const neededAgain: FieldError[] = [];
  for (const [name, text] of Object.entries(patch)) {
    if (text === null) continue;
    const read = readSecret(manifest, name, text);
    if ('problems' in read) problems.push(...read.problems);
    else given[name] = read.secret;
  }
  const kept: string[] = [];
  for (const name of asked ?? []) {
    if (typeof patch[name] === 'string') continue;
    const [field, label] = [`secrets.${name}`, labelOf(manifest, name)];
    const isStored = stored.includes(name);
    if (patch[name] === null || !isStored) {
      if (isOptionalSecret(manifest, name)) continue;
      problems.push({ field, code: 'required', message: `Enter the ${label}; these settings need it.` });
    } else if (isSamePlace) kept.push(name);
    else
      neededAgain.push({
        field,
        code: 'secretRequired',
        message: `Enter the ${label} again${isOptionalSecret(manifest, name) ? ', or clear it' : ''}; it was given for another place.`,
      });
  }
  for (const name of Object.keys(given)) {
    if (asked === undefined || asked.includes(name)) continue;
    const message = `These settings do not use the ${labelOf(manifest, name)}. Leave it out.`;
    problems.push({ field: `secrets.${name}`, code: 'notUsed', message });
  }
  const dropped = asked === undefined ? [] : stored.filter((name) => !asked.includes(name) || patch[name] === null);
  return { given, kept, dropped, problems, neededAgain };
};

const learnedFor = (manifest: Manifest, name: string): readonly string[] | undefined => {
  const schema = manifest.settings.shape[name] as z.ZodType | undefined;
  return schema && metaOf(schema).learnedFor;
};

/** Settings without what a check once found out about a value that is another one now; what the change itself gives stays. */
const withoutOutlived = (manifest: Manifest, before: Values, after: Values, patch: Values): Values =>
  Object.fromEntries(
    Object.entries(after).filter(
      ([name]) => name in patch || (learnedFor(manifest, name) ?? []).every((about) => before[about] === after[about]),
    ),
  );

/** Settings with what a check that passed found out beside them; never in the place of what was given. The very same when it found out nothing new. */
export const withLearned = (manifest: Manifest, settings: Values, { outcome, learned = {} }: CheckResult): Values => {
  const missing = Object.entries(learned).filter(
    ([name]) => settings[name] === undefined && learnedFor(manifest, name) !== undefined,
  );
  if (outcome !== 'passed' || missing.length === 0) return settings;
  const completed = manifest.settings.safeParse({ ...settings, ...Object.fromEntries(missing) });
  if (!completed.success) return settings;
  return { ...settings, ...Object.fromEntries(missing.map(([name]) => [name, completed.data[name]])) };
};

/**
 * Reads a change of settings and secrets on top of what is stored: what is absent stays, `null` clears. Everything that is
 * wrong is said at once. A stored secret stays only where it was given for: with another endpoint it is asked for again.
 * Throws invalidInput, or secretRequired when nothing else is wrong.
 */
export const planTarget = (manifest: Manifest, stored: StoredTarget, patch: Patch): Plan => {
  const before = manifest.settings.safeParse(stored.settings);
  const after = parseInput(manifest.settings, mergePatch(stored.settings, patch.settings ?? {}));
  const endpoint = after.success ? manifest.endpointOf(after.data) : undefined;
  const isSamePlace = before.success && manifest.endpointOf(before.data) === endpoint;
  const asked = after.success ? askedSecrets(manifest, after.data) : undefined;
  const secrets = readSecrets(manifest, stored.secretNames, patch.secrets ?? {}, asked, isSamePlace);
  const { problems, neededAgain, ...rest } = secrets;
  const wrong = [...(after.success ? [] : fieldErrors(after.error, 'settings')), ...problems];
  if (wrong.length > 0 || !after.success || endpoint === undefined) throw invalidInput([...wrong, ...neededAgain]);
  if (neededAgain.length > 0) {
    throw new AppError(
      'secretRequired',
      'The connection now leads to another place. Enter its secrets again; the stored ones are not sent there.',
      { errors: neededAgain },
    );
  }
  const settings = before.success
    ? withoutOutlived(manifest, before.data, after.data, patch.settings ?? {})
    : after.data;
  const isChanged =
    !before.success ||
    JSON.stringify(before.data) !== JSON.stringify(settings) ||
    Object.keys(rest.given).length + rest.dropped.length > 0;
  return { settings, endpoint, ...rest, isChanged };
};

/** Why a check did not pass: its first failed step. */
export const reasonOf = ({ steps }: CheckResult): StatusReason | undefined => {
  const failed = steps.find(({ status }) => status === 'failed');
  return failed && { step: failed.step, code: failed.code, message: failed.message, remedy: failed.remedy?.text };
};

/** What somebody gets who saves a connection that did not pass its check: the check, and an error on each field to correct. */
export const checkFailed = (check: CheckResult): AppError => {
  const problems = check.steps.flatMap(({ status, field, code, message }) =>
    status === 'failed' && field !== undefined ? [{ field, code, message }] : [],
  );
  const reason = reasonOf(check);
  return new AppError(
    'checkFailed',
    [reason?.message, reason?.remedy].filter((part) => part !== undefined).join(' ') || 'The check did not pass.',
    { check, errors: problems.length > 0 ? problems : undefined },
  );
};

const isDestination = ({ capabilities }: Manifest): boolean => capabilities.includes('destination');

/**
 * Whether exports of a connection of the first type can write to one of the second as they are: what is sent as rows has no format and no
 * folder that somebody chose. Undefined: this Junction has no such type.
 */
export const canTakeOver = (from: Manifest | undefined, to: Manifest | undefined): boolean =>
  to !== undefined &&
  isDestination(to) &&
  (from === undefined || (isDestination(from) && takesOf(from) === takesOf(to)));

const days = (count: number): number => count * 24 * 60 * 60_000;

/** Until when a removal can be undone; null when it cannot be at all. */
export const restorableUntil = (removedAt: Date, undoDays: number): Date | null =>
  undoDays === 0 ? null : new Date(removedAt.getTime() + days(undoDays));

/** Whatever was removed later than this can be restored now. */
export const removedSince = (now: Date, undoDays: number): Date => new Date(now.getTime() - days(undoDays));

export const isRestorable = (removedAt: Date, now: Date, undoDays: number): boolean =>
  removedAt > removedSince(now, undoDays);

/** A transient failure is looked at again after this long, then after twice as long, and so on up to the usual interval. */
const firstRetryMinutes = 1;
/** Probes of connections that were made together drift apart by up to this share of the interval. */
export const probeJitter = 0.1;

const minutes = (count: number): number => count * 60_000;

/** The facts about a connection after a check. `random` is from 0 to 1. `isPaused` connections have no next check. */
export const factsAfter = (
  result: CheckResult,
  before: { isPaused: boolean; failuresInRow: number },
  { now, probeMinutes, random }: { now: Date; probeMinutes: number; random: number },
) => {
  const failuresInRow = result.outcome === 'failing' ? before.failuresInRow + 1 : 0;
  const wait =
    failuresInRow === 0
      ? probeMinutes
      : Math.min(probeMinutes, firstRetryMinutes * 2 ** Math.min(failuresInRow - 1, 20));
  const jitter = 1 + probeJitter * (2 * random - 1);
  return {
    lastOutcome: result.outcome,
    lastReason: result.outcome === 'passed' ? undefined : reasonOf(result),
    lastCheckedAt: new Date(result.startedAt),
    credentialExpiresAt: result.credentialExpiresAt === undefined ? null : new Date(result.credentialExpiresAt),
    failuresInRow,
    nextCheckAt: before.isPaused ? null : new Date(now.getTime() + minutes(wait) * jitter),
  };
};

export type Facts = ReturnType<typeof factsAfter>;
