import { DefaultButton, makeStyles, Shimmer } from '@fluentui/react';
import { type Environment, maximumNoticeHooks } from '@junction/contracts';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from 'react-router';
import { paths } from '../../../lib/paths.ts';
import { Card } from '../../../ui/card.tsx';
import { ErrorState } from '../../../ui/error-state.tsx';
import { unavailable } from '../../../ui/unavailable.ts';
import { hooksQuery } from './api.ts';
import { HookEntry } from './hook-entry.tsx';

const useStyles = makeStyles((theme) => ({
  list: {
    listStyle: 'none',
    margin: '0 0 16px',
    padding: 0,
    borderTop: `1px solid ${theme.semanticColors.bodyDivider}`,
  },
}));

/** The URLs that notices are sent to. */
export const HooksCard = ({ environment: { id } }: { environment: Environment }) => (
  <Card
    title="Notice webhooks"
    text="Send notices to a chat, a pager or an automation of yours: when exports or connections start failing, recover, or need somebody."
  >
    <Hooks environmentId={id} />
  </Card>
);

const Hooks = ({ environmentId }: { environmentId: string }) => {
  const styles = useStyles();
  const navigate = useNavigate();
  const { data, error, refetch } = useQuery(hooksQuery(environmentId));
  if (data === undefined)
    return error === null ? (
      <Shimmer />
    ) : (
      <ErrorState title="The webhooks could not be loaded" error={error} onRetry={() => refetch()} />
    );
  const hooks = data.value;
  const isFull = hooks.length >= maximumNoticeHooks;
  return (
    <>
      {hooks.length > 0 && (
        <ul className={styles.list} aria-label="Notice webhooks">
          {hooks.map((hook) => (
            <HookEntry key={hook.id} environmentId={environmentId} hook={hook} />
          ))}
        </ul>
      )}
      <DefaultButton
        text="Add webhook"
        iconProps={{ iconName: 'Add' }}
        onClick={() => void navigate(paths.newNoticeHook(environmentId))}
        {...(isFull && unavailable(`There are ${maximumNoticeHooks} webhooks, which is the most. Delete one first.`))}
      />
    </>
  );
};
