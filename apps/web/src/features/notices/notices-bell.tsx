import { hiddenContentStyle, IconButton, makeStyles } from '@fluentui/react';
import { mostUnreadCounted, type Notice } from '@junction/contracts';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useLocation, useSearchParams } from 'react-router';
import { noticeKindWords } from '../../lib/notice-words.ts';
import { unreadQuery } from './api.ts';
import { NoticesPane } from './notices-pane.tsx';

const useStyles = makeStyles((theme) => ({
  root: { position: 'relative' },
  count: {
    position: 'absolute',
    top: 0,
    // From the middle of the bell on, so that it stays to be seen beside three characters.
    insetInlineStart: 16,
    boxSizing: 'border-box',
    minWidth: 16,
    height: 16,
    padding: '0 3px',
    borderRadius: 8,
    fontSize: 10,
    lineHeight: '16px',
    fontWeight: 600,
    textAlign: 'center',
    pointerEvents: 'none',
    background: theme.semanticColors.primaryButtonBackground,
    color: theme.semanticColors.primaryButtonText,
    '@media (forced-colors: active)': { border: '1px solid', lineHeight: '14px' },
  },
  hidden: hiddenContentStyle,
}));

/** "7", "99+". */
const countInWords = (unread: number): string =>
  unread >= mostUnreadCounted ? `${mostUnreadCounted - 1}+` : String(unread);

const newsOf = ({ kind, subject, message }: Notice): string =>
  `New notice: ${noticeKindWords[kind]}, ${subject.name}. ${message}`;

/** What to read out: a notice that came while one was here. What was there at first is told by the count. */
const useNews = (answer: { value: Notice[] } | undefined): string => {
  const [known, setKnown] = useState<string>();
  const [news, setNews] = useState('');
  const notice = answer?.value[0];
  const newest = answer && (notice?.id ?? '');
  if (newest !== undefined && newest !== known) {
    setKnown(newest);
    if (known !== undefined && newest > known && notice?.isRead === false) setNews(newsOf(notice));
  }
  return news;
};

/**
 * How many notices are unread, and the way to them. They open over whatever page is at hand, so that they stand in its address as a
 * parameter: `?notices`.
 */
export const NoticesBell = ({ environmentId }: { environmentId: string }) => {
  const styles = useStyles();
  const { data } = useQuery(unreadQuery(environmentId));
  const news = useNews(data);
  const [params, setParams] = useSearchParams();
  const { state } = useLocation();
  const show = (isOpen: boolean) => {
    const next = new URLSearchParams(params);
    if (isOpen) next.set('notices', '');
    else next.delete('notices');
    setParams(next, { state });
  };
  const unread = data?.unread ?? 0;
  return (
    <div className={styles.root}>
      <IconButton
        iconProps={{ iconName: 'Bell' }}
        ariaLabel={unread > 0 ? `Notices, ${countInWords(unread)} unread` : 'Notices'}
        title="Notices"
        aria-haspopup="dialog"
        onClick={() => show(true)}
      />
      {unread > 0 && (
        <span className={styles.count} aria-hidden="true">
          {countInWords(unread)}
        </span>
      )}
      <span aria-live="polite" className={styles.hidden}>
        {news}
      </span>
      {params.has('notices') && <NoticesPane environmentId={environmentId} onClose={() => show(false)} />}
    </div>
  );
};
