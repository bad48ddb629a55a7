import { DefaultButton, Icon, makeStyles, useTheme } from '@fluentui/react';
import { hookNoticeKinds, type NoticeHook } from '@junction/contracts';
import { useNavigate } from 'react-router';
import { noticeKindWords } from '../../../lib/notice-words.ts';
import { paths } from '../../../lib/paths.ts';
import { capitalized, listOfWords } from '../../../lib/words.ts';
import { ButtonRow } from '../../../ui/button-row.tsx';
import { DetailList } from '../../../ui/detail-list.tsx';
import { RelativeTime } from '../../../ui/relative-time.tsx';
import { useTestHook } from './use-test-hook.ts';

const useStyles = makeStyles((theme) => ({
  root: {
    display: 'flex',
    flexDirection: 'column',
    gap: 12,
    padding: '16px 0',
    borderBottom: `1px solid ${theme.semanticColors.bodyDivider}`,
  },
  name: { margin: 0, fontSize: 14, lineHeight: '20px', fontWeight: 600, overflowWrap: 'anywhere' },
  delivery: { display: 'grid', gridTemplateColumns: '16px minmax(0, 1fr)', gap: '0 8px', lineHeight: '20px' },
  icon: { fontSize: 16, lineHeight: '20px' },
  text: { margin: 0 },
}));

/** "An export began to fail and a credential ends soon". */
const kindsInWords = (kinds: NoticeHook['kinds']): string => {
  if (kinds.length === hookNoticeKinds.length) return 'All';
  const words = hookNoticeKinds.filter((kind) => kinds.includes(kind)).map((kind) => noticeKindWords[kind]);
  return capitalized(listOfWords(words.map((text) => text.charAt(0).toLowerCase() + text.slice(1))));
};

/** A webhook: where it leads, what it wants to know, how the last delivery went, and what can be done with it. */
export const HookEntry = ({ environmentId, hook }: { environmentId: string; hook: NoticeHook }) => {
  const styles = useStyles();
  const navigate = useNavigate();
  const { id, name, url, kinds, isOn, isSigned, lastDelivery } = hook;
  const { send, isSending } = useTestHook(environmentId, hook);
  return (
    <li className={styles.root} aria-label={name}>
      <h3 className={styles.name}>{name}</h3>
      <DetailList
        items={[
          { term: 'URL', value: url },
          { term: 'Notices', value: kindsInWords(kinds) },
          { term: 'State', value: isOn ? 'On' : 'Off: nothing is sent' },
          { term: 'Signed', value: isSigned ? 'Yes' : 'No' },
          { term: 'Last delivery', value: <LastDelivery of={lastDelivery} /> },
        ]}
      />
      <ButtonRow>
        <DefaultButton
          text={isSending ? 'Sending …' : 'Send a test'}
          ariaLabel={`Send a test to ${name}`}
          disabled={isSending}
          allowDisabledFocus
          onClick={send}
        />
        <DefaultButton
          text="Edit"
          ariaLabel={`Edit ${name}`}
          onClick={() => void navigate(paths.noticeHook(environmentId, id))}
        />
        <DefaultButton
          text="Delete …"
          ariaLabel={`Delete ${name}`}
          onClick={() => void navigate(paths.deleteNoticeHook(environmentId, id))}
        />
      </ButtonRow>
    </li>
  );
};

const LastDelivery = ({ of }: { of: NoticeHook['lastDelivery'] }) => {
  const styles = useStyles();
  const { semanticColors } = useTheme();
  if (of === null) return 'None yet';
  const { at, isDelivered, message, remedy } = of;
  return (
    <div className={styles.delivery}>
      <Icon
        iconName={isDelivered ? 'Passed' : 'Failed'}
        className={styles.icon}
        style={{ color: isDelivered ? semanticColors.successIcon : semanticColors.errorIcon }}
        aria-hidden
      />
      <div>
        <p className={styles.text}>
          {isDelivered ? 'Arrived' : 'Did not arrive'} · <RelativeTime at={at} />
        </p>
        {message !== null && <p className={styles.text}>{message}</p>}
        {remedy !== null && <p className={styles.text}>{remedy}</p>}
      </div>
    </div>
  );
};
