import type * as contract from '@junction/contracts';
import type { Actor, ProfileColumns } from '@junction/contracts';
import type { House } from '../../../house.ts';
import type { Asked } from '../../../http/asked.ts';
import { AppError, invalidField, notFound } from '../../../platform/app-error.ts';
import { openDraft, openTarget } from '../../connections/index.ts';
import { StepError } from '../../runs/index.ts';
import { findProfileConnection, typesWithProfiles } from '../access/with-profiles.ts';
import { readColumns } from './read-columns.ts';

type Needs = Parameters<typeof readColumns>[0] & Pick<House, 'db' | 'connectors' | 'vault' | 'previewLimits'>;
type Opened = Parameters<typeof readColumns>[1];

/** Somebody waits for it. */
const columnsDeadlineMs = 25_000;

const tooSlow = () =>
  new AppError(
    'sourceUnreadable',
    `The columns could not be read within ${columnsDeadlineMs / 1000} seconds. Try again.`,
  );

/** Reads columns in the turn of whoever asks. Who may ask sees the settings of connections, so failures are told as they are. */
const readInTurn = async (house: Needs, actor: Actor, opened: Opened, signal: AbortSignal): Promise<ProfileColumns> => {
  await house.previewLimits.count(actor.id);
  const deadline = AbortSignal.timeout(columnsDeadlineMs);
  const stop = AbortSignal.any([signal, deadline]);
  try {
    return await house.previewLimits.inTurn(stop, () => readColumns(house, opened, stop));
  } catch (error) {
    if (signal.aborted) throw new AppError('requestTimeout', 'Nobody waited for the columns any more.');
    if (deadline.aborted) throw tooSlow();
    if (!(error instanceof StepError)) throw error;
    const { message, remedy = '' } = error.problem;
    throw new AppError('sourceUnreadable', `${message} ${remedy}`.trim());
  }
};

/** The columns of the customers of a lake that somebody is about to connect. */
export const readDraftProfileColumns = async (
  house: Needs,
  actor: Actor,
  { body, signal }: Pick<Asked<typeof contract.readDraftProfileColumns>, 'body' | 'signal'>,
): Promise<ProfileColumns> => {
  const opened = openDraft(house, body);
  if (!typesWithProfiles(house).includes(body.type))
    throw invalidField('type', 'unfit', 'Connections of this type have no profile data.');
  return readInTurn(house, actor, opened, signal);
};

/** The columns of the customers of a connection, as they are now. */
export const getProfileColumns = async (
  house: Needs,
  actor: Actor,
  { params, signal }: Pick<Asked<typeof contract.getProfileColumns>, 'params' | 'signal'>,
): Promise<ProfileColumns> => {
  await findProfileConnection(house, params);
  const opened = await openTarget(house, params);
  if (opened === undefined) throw notFound('connection with profile data');
  if ('problem' in opened)
    throw new AppError('sourceUnreadable', `${opened.problem.message} ${opened.problem.remedy}`.trim());
  return readInTurn(house, actor, opened, signal);
};
