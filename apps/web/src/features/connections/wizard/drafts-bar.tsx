import { ActionButton, DefaultButton, Icon, makeStyles } from '@fluentui/react';
import type { ConnectionDraft } from '@junction/contracts';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { paths } from '../../../lib/paths.ts';
import { connectorLabel, formatNumber } from '../../../lib/words.ts';
import { ConfirmDialog } from '../../../ui/confirm-dialog.tsx';
import { RelativeTime } from '../../../ui/relative-time.tsx';
import { useToasts } from '../../../ui/toasts.tsx';
import { draftName, useDiscardDraft } from './drafts.ts';

/** Drafts that are told before somebody asks for the others: the bar shall not push the page away. */
const shownAtFirst = 2;

const useStyles = makeStyles((theme) => ({
  root: {
    marginBottom: 16,
    padding: '4px 16px',
    border: `1px solid ${theme.semanticColors.bodyDivider}`,
    borderRadius: 8,
    background: theme.semanticColors.bodyBackground,
  },
  list: { listStyle: 'none', margin: 0, padding: 0 },
  row: {
    display: 'grid',
    gridTemplateColumns: '20px minmax(0, 1fr) auto',
    gap: '4px 12px',
    alignItems: 'center',
    padding: '6px 0',
    lineHeight: '20px',
    '& + &': { borderTop: `1px solid ${theme.semanticColors.bodyDivider}` },
    '@media (max-width: 479px)': { gridTemplateColumns: '20px minmax(0, 1fr)' },
  },
  icon: { color: theme.semanticColors.bodySubtext },
  name: { fontWeight: 600, overflowWrap: 'anywhere' },
  quiet: { color: theme.semanticColors.bodySubtext },
  actions: {
    display: 'flex',
    alignItems: 'center',
    gap: 8,
    '@media (max-width: 479px)': { gridColumn: '2' },
  },
}));

/** The connections that somebody began to set up: each can be gone on with, or discarded. Nothing shows nothing. */
export const DraftsBar = ({ environmentId, drafts }: { environmentId: string; drafts: readonly ConnectionDraft[] }) => {
  const styles = useStyles();
  const navigate = useNavigate();
  const toasts = useToasts();
  const [asked, setAsked] = useState<ConnectionDraft>();
  const [isWhole, setIsWhole] = useState(false);
  const hidden = isWhole ? 0 : Math.max(0, drafts.length - shownAtFirst);
  const discard = useDiscardDraft(environmentId);
  const onDiscard = async ({ id, name }: ConnectionDraft) => {
    try {
      await discard.mutateAsync({ params: { environmentId, draftId: id } });
      setAsked(undefined);
      toasts.success(`${draftName({ name })} was discarded.`);
    } catch {
      // Shown in the question.
    }
  };
  if (drafts.length === 0) return null;
  return (
    <section className={styles.root} aria-label="Connections that you began to set up">
      <ul className={styles.list}>
        {drafts.slice(0, drafts.length - hidden).map((draft) => (
          <li key={draft.id} className={styles.row}>
            <Icon iconName="Edit" className={styles.icon} aria-hidden />
            <span>
              <span className={styles.quiet}>You began to set up </span>
              <span className={styles.name}>{draftName(draft)}</span>{' '}
              <span className={styles.quiet}>
                · {connectorLabel(draft.type)} · <RelativeTime at={draft.updatedAt} />
              </span>
            </span>
            <span className={styles.actions}>
              <DefaultButton
                text="Resume"
                ariaLabel={`Resume ${draftName(draft)}`}
                onClick={() => void navigate(paths.setUpConnection(environmentId, draft.type, draft.step, draft.id))}
              />
              <ActionButton
                text="Discard"
                ariaLabel={`Discard ${draftName(draft)}`}
                onClick={() => {
                  discard.reset();
                  setAsked(draft);
                }}
              />
            </span>
          </li>
        ))}
      </ul>
      {hidden > 0 && <ActionButton text={`Show ${formatNumber(hidden)} more`} onClick={() => setIsWhole(true)} />}
      {asked !== undefined && (
        <ConfirmDialog
          title={`Discard ${draftName(asked)}?`}
          text="What you filled in is deleted. This cannot be undone."
          confirmText={discard.isPending ? 'Discarding …' : 'Discard'}
          isBusy={discard.isPending}
          error={discard.error ?? undefined}
          onConfirm={() => void onDiscard(asked)}
          onCancel={() => setAsked(undefined)}
        />
      )}
    </section>
  );
};
