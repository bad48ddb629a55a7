import { manifestOf } from '@junction/connectors/manifests';
import type * as contract from '@junction/contracts';
import { type Actor, can, type Preview } from '@junction/contracts';
import type { House } from '../../house.ts';
import type { Asked } from '../../http/asked.ts';
import { AppError, invalidField, notFound } from '../../platform/app-error.ts';
import { StepError, toldProblem } from '../runs/index.ts';
import { orTellDenied } from './denied.ts';
import { getExport } from './get-export.ts';
import { readPreview } from './pipeline/index.ts';
import { requireDeed } from './rules.ts';
import { findChoices } from './store.ts';

type Needs = Parameters<typeof readPreview>[0] & Pick<House, 'previewLimits' | 'profileData'>;

/** Somebody waits for it; whatever takes longer is no beginning any more. */
const previewDeadlineMs = 25_000;

const tooSlow = () =>
  new AppError(
    'sourceUnreadable',
    `The rows could not be read within ${previewDeadlineMs / 1000} seconds. Try again, or run the export to see them.`,
  );

/** A failure as whoever asked may know it: where a source lies is told to admins. */
const toProblem = (error: unknown, seesPlaces: boolean): unknown => {
  if (!(error instanceof StepError)) return error;
  const { message, remedy = '' } = toldProblem(error.problem, seesPlaces) ?? error.problem;
  return new AppError('sourceUnreadable', `${message} ${remedy}`.trim());
};

/**
 * The first rows of an entity of an export as they would be written, for who may run the export; of profile data only for who was given
 * access to it, whatever their role. They are kept nowhere: neither on a disk
 * nor in a log, nor as an answer to a repeated request.
 */
export const previewExport = async (
  house: Needs,
  actor: Actor,
  { params, body: { entityId }, from, signal }: Asked<typeof contract.previewExport>,
): Promise<Preview> => {
  const { environmentId, exportId } = params;
  const require = async () => {
    const row = await getExport(house, actor, { params });
    requireDeed('run', actor.memberships[environmentId] ?? 'viewer', row.access);
    return row;
  };
  const who = { actor, address: from.address };
  const { format, type } = await orTellDenied(house, who, { id: exportId, environmentId }, require());
  const choice = (await findChoices(house.db, exportId)).find((one) => one.entityId === entityId);
  if (choice === undefined) throw invalidField('entityId', 'notChosen', 'The export does not send this entity.');
  const hidden = await house.profileData.findHidden(house.db, environmentId, actor.id, [choice.connectionId]);
  if (hidden.has(choice.connectionId)) throw notFound('preview for you; its rows are profile data');
  await house.previewLimits.count(actor.id);
  const deadline = AbortSignal.timeout(previewDeadlineMs);
  const stop = AbortSignal.any([signal, deadline]);
  const written = manifestOf(type ?? '')?.takes === 'rows' ? ({ type: 'ndjson' } as const) : format;
  try {
    return await house.previewLimits.inTurn(stop, () => readPreview(house, environmentId, choice, written, stop));
  } catch (error) {
    if (signal.aborted) throw new AppError('requestTimeout', 'Nobody waited for the preview any more.');
    if (deadline.aborted) throw tooSlow();
    throw toProblem(error, can(actor, 'connection:read', environmentId));
  }
};
