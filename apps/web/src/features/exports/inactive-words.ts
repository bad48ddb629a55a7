import type { ExportRow, InactiveReason, Role } from '@junction/contracts';
import { shortDayOf } from '../../ui/dates.ts';
import type { Viewer } from '../../ui/viewer.tsx';
import { may, whomToAsk } from './rights.ts';

/** Why an export is inactive, in two words for lists. */
export const inactiveWords: Readonly<Record<InactiveReason['because'], string>> = {
  neverConnected: 'Never connected',
  connectionRemoved: 'Connection removed',
  connectionDetached: 'Connection detached',
  sourceRemoved: 'Source removed',
};

/** A sentence with a name in it that can be set apart from the words around it. */
export type Sentence = { before: string; name: string; after: string };

/** Why an export is inactive: "Its connection *Contoso lake* was removed on 12 March by Ada Admin." */
export const inactiveSentence = (
  { because, connection, at, by }: InactiveReason,
  now: Date,
  viewer: Viewer,
): Sentence => {
  const name = connection?.name ?? '';
  const when = at === null ? '' : ` on ${shortDayOf(at, now, viewer)}`;
  const who = by === null ? '' : ` by ${by.name}`;
  switch (because) {
    case 'neverConnected':
      return { before: 'It was set up without a connection.', name: '', after: '' };
    case 'connectionRemoved':
      return { before: 'Its connection ', name, after: ` was removed${when}${who}.` };
    case 'connectionDetached':
      return { before: 'Its connection ', name, after: ` was detached${when}${who}.` };
    case 'sourceRemoved':
      return { before: 'The connection ', name, after: `, which it reads from, was removed${when}${who}.` };
  }
};

/** What makes an inactive export active again, for those who may do it; for the others, whom to ask. */
export const activationWords = (role: Role, row: Pick<ExportRow, 'access' | 'inactive'>, ownerName: string): string => {
  const because = row.inactive?.because;
  if (because === 'sourceRemoved') {
    if (role === 'admin') return 'Restore it, or leave out what was read from there, to activate this export.';
    return may(role, row, 'edit')
      ? `Leave out what was read from there to activate this export, or ask ${whomToAsk(ownerName)}, to restore it.`
      : `To activate it, ask ${whomToAsk(ownerName)}.`;
  }
  if (!may(role, row, 'connect')) return `To activate it, ask ${whomToAsk(ownerName)}.`;
  if (because === 'neverConnected') return 'Connect it to activate it.';
  return because === 'connectionDetached'
    ? 'Connect it again to activate it.'
    : 'Connect it to another one to activate it.';
};

/** The sentence as plain text, for tooltips. */
export const plainText = ({ before, name, after }: Sentence): string => `${before}${name}${after}`;
