import { DefaultButton, makeStyles, Spinner } from '@fluentui/react';
import type { ApiToken } from '@junction/contracts';
import { beginningOf, tokenActionGroups, tokenActionWords } from '../../lib/token-words.ts';
import { DetailList } from '../detail-list.tsx';
import { ErrorState } from '../error-state.tsx';
import { RelativeTime } from '../relative-time.tsx';
import { Section } from '../section.tsx';
import { SidePanel } from '../side-panel.tsx';
import { TokenExpiry } from './token-expiry.tsx';

type Props = {
  /** Undefined while tokens are being read, null when there is none of the id in the address. */
  token: ApiToken | null | undefined;
  error: Error | null;
  onRetry: () => void;
  onRevoke: () => void;
  onClose: () => void;
};

/** One token: everything that is known of it, and all that it may do. */
export const TokenPanel = ({ token, error, onRetry, onRevoke, onClose }: Props) => (
  <SidePanel
    title={token?.name ?? 'Token'}
    onClose={onClose}
    footer={
      token && (
        <>
          <DefaultButton text="Revoke …" onClick={onRevoke} />
          <DefaultButton text="Close" onClick={onClose} />
        </>
      )
    }
  >
    {token ? (
      <Details token={token} />
    ) : token === null ? (
      <p>This token is gone: it was revoked, or ended long ago.</p>
    ) : error ? (
      <ErrorState title="The token could not be loaded" error={error} onRetry={onRetry} />
    ) : (
      <Spinner label="Loading the token" />
    )}
  </SidePanel>
);

const useStyles = makeStyles((theme) => ({
  title: { margin: '8px 0 4px', fontSize: 12, fontWeight: 600, color: theme.semanticColors.bodySubtext },
  list: { margin: 0, paddingInlineStart: 20, lineHeight: '22px' },
}));

const Details = ({ token }: { token: ApiToken }) => {
  const styles = useStyles();
  const { scope, createdAt, createdBy, lastUsedAt, lastUsedFrom } = token;
  return (
    <>
      <DetailList
        items={[
          { term: 'Begins with', value: <code>{beginningOf(token)}</code> },
          {
            term: 'Created',
            value: (
              <>
                <RelativeTime at={createdAt} /> by {createdBy.name}
              </>
            ),
          },
          { term: 'Expires', value: <TokenExpiry token={token} /> },
          {
            term: 'Last used',
            value: (
              <>
                <RelativeTime at={lastUsedAt} none="Never used" />
                {lastUsedFrom !== null && ` from ${lastUsedFrom}`}
              </>
            ),
          },
        ]}
      />
      <Section title="What it may do">
        {tokenActionGroups.map(({ title, actions }) => {
          const allowed = actions.filter((action) => scope.includes(action));
          if (allowed.length === 0) return null;
          return (
            <div key={title}>
              <h3 className={styles.title}>{title}</h3>
              <ul className={styles.list}>
                {allowed.map((action) => (
                  <li key={action}>{tokenActionWords[action]}</li>
                ))}
              </ul>
            </div>
          );
        })}
      </Section>
    </>
  );
};
