import { makeStyles } from '@fluentui/react';
import type { ProfileReport } from '@junction/contracts';
import type { ReactNode, Ref } from 'react';
import { dayOf } from '../../ui/dates.ts';
import { RelativeTime } from '../../ui/relative-time.tsx';
import { useViewer } from '../../ui/viewer.tsx';
import { changeWords, matchingWords, shareWords } from './shares.ts';

const useStyles = makeStyles((theme) => ({
  root: {
    display: 'flex',
    flexWrap: 'wrap',
    gap: '16px 48px',
    padding: '16px 20px',
    border: `1px solid ${theme.semanticColors.bodyDivider}`,
    borderRadius: 8,
    background: theme.semanticColors.bodyBackground,
  },
  term: { fontSize: 12, lineHeight: '16px', color: theme.semanticColors.bodySubtext, margin: '0 0 2px' },
  number: {
    fontSize: 24,
    lineHeight: '32px',
    fontWeight: 600,
    margin: 0,
    fontVariantNumeric: 'tabular-nums',
    outline: 'none',
  },
  value: { fontSize: 16, lineHeight: '32px', margin: 0 },
  detail: { margin: 0, lineHeight: '20px', color: theme.semanticColors.bodySubtext },
}));

type Props = {
  report: ProfileReport;
  isFiltered: boolean;
  /** While another answer is on its way, nothing is read out. */
  isOld: boolean;
  /** Gets the focus where what had it is gone. */
  numberRef: Ref<HTMLParagraphElement>;
};

/** How the number changed; while something filters, which part of all it is. */
const detailOf = ({ matching, profiles, previousProfiles }: ProfileReport, isFiltered: boolean): string => {
  if (!isFiltered) return changeWords(profiles, previousProfiles);
  return matching === null ? 'Too few to tell.' : `${shareWords(matching / Math.max(1, profiles))} of all`;
};

/** How many profiles there are, how many pass the filters, and how old that is. */
export const ReportNumbers = ({ report, isFiltered, isOld, numberRef }: Props) => {
  const styles = useStyles();
  const viewer = useViewer();
  return (
    <div className={styles.root}>
      <div>
        <p className={styles.term}>Unified customers</p>
        <p
          ref={numberRef}
          className={styles.number}
          tabIndex={-1}
          role="status"
          aria-label="How many profiles"
          aria-busy={isOld}
        >
          {matchingWords(report, isFiltered)}
        </p>
        <p className={styles.detail}>{detailOf(report, isFiltered)}</p>
      </div>
      <Fact term="Data as of" at={report.dataAsOf} none="Not told by the lake">
        {report.dataAsOf && dayOf(report.dataAsOf, viewer)}
      </Fact>
      <Fact term="Imported" at={report.importedAt}>
        {dayOf(report.importedAt, viewer)}
      </Fact>
    </div>
  );
};

const Fact = ({
  term,
  at,
  none,
  children,
}: {
  term: string;
  at: string | null;
  none?: string;
  children: ReactNode;
}) => {
  const styles = useStyles();
  return (
    <div>
      <p className={styles.term}>{term}</p>
      <p className={styles.value}>{children ?? none}</p>
      {at !== null && (
        <p className={styles.detail}>
          <RelativeTime at={at} />
        </p>
      )}
    </div>
  );
};
