import { DefaultButton, MessageBar, MessageBarType, makeStyles, Spinner } from '@fluentui/react';
import type { Notice } from '@junction/contracts';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useEffect, useEffectEvent, useState } from 'react';
import { useCan } from '../../lib/session.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ErrorState } from '../../ui/error-state.tsx';
import { SidePanel } from '../../ui/side-panel.tsx';
import { noticePages, useReadNotices } from './api.ts';
import { NoticeEntry } from './notice-entry.tsx';

const useStyles = makeStyles((theme) => ({
  list: {
    listStyle: 'none',
    margin: 0,
    padding: 0,
    borderTop: `1px solid ${theme.semanticColors.bodyDivider}`,
  },
}));

type Loaded = { notices: readonly Notice[]; unread: number };

/** How many, from the newest on, were unread when they were opened or have come since: being looked at makes none of them old. */
const useNewCount = (loaded: Loaded | undefined): number => {
  const [opened, setOpened] = useState<{ newest: string; unread: number }>();
  if (loaded === undefined) return 0;
  const newest = loaded.notices[0]?.id ?? '';
  if (opened === undefined) setOpened({ newest, unread: loaded.unread });
  const cameSince = loaded.notices.filter(({ id }) => opened !== undefined && id > opened.newest).length;
  return cameSince + (opened ?? loaded).unread;
};

/** What changed lately, newest first. Looking at it makes it read. */
export const NoticesPane = ({ environmentId, onClose }: { environmentId: string; onClose: () => void }) => (
  <SidePanel title="Notices" onClose={onClose}>
    <Notices environmentId={environmentId} />
  </SidePanel>
);

const Notices = ({ environmentId }: { environmentId: string }) => {
  const styles = useStyles();
  const list = useInfiniteQuery(noticePages(environmentId));
  const newCount = useNewCount(list.data);
  const markAsRead = useEffectEvent(useReadNotices(environmentId));
  const newest = list.data?.notices[0];
  const unseen = newest?.isRead === false ? newest.id : undefined;
  useEffect(() => {
    if (unseen !== undefined) markAsRead(unseen);
  }, [unseen]);

  if (list.data === undefined)
    return list.error === null ? (
      <Spinner label="Loading" />
    ) : (
      <ErrorState title="The notices could not be loaded" error={list.error} onRetry={() => list.refetch()} />
    );
  const { notices } = list.data;
  if (notices.length === 0) return <NoNotices environmentId={environmentId} />;
  return (
    <>
      <ul className={styles.list} aria-label="Notices">
        {notices.map((notice, index) => (
          <NoticeEntry key={notice.id} environmentId={environmentId} notice={notice} isUnread={index < newCount} />
        ))}
      </ul>
      {list.isFetchNextPageError && (
        <MessageBar messageBarType={MessageBarType.error} isMultiline delayedRender={false}>
          {list.error?.message}
        </MessageBar>
      )}
      {list.hasNextPage && (
        <div>
          <DefaultButton
            text={list.isFetchingNextPage ? 'Loading …' : 'Show more'}
            disabled={list.isFetchingNextPage}
            allowDisabledFocus
            onClick={() => void list.fetchNextPage()}
          />
        </div>
      )}
    </>
  );
};

const NoNotices = ({ environmentId }: { environmentId: string }) => {
  const seesConnections = useCan()('connection:list', environmentId);
  return (
    <EmptyState
      icon="Bell"
      title="Nothing has changed lately"
      text={
        seesConnections
          ? 'You will hear here when an export or a connection starts failing or recovers, a schedule is paused by itself, or a credential is about to end.'
          : 'You will hear here when an export starts failing or recovers, or its schedule is paused by itself.'
      }
    />
  );
};
