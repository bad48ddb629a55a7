import { CommandBar as FluentCommandBar, type ICommandBarItemProps, makeStyles, SearchBox } from '@fluentui/react';
import { type ReactNode, useEffect, useRef, useState } from 'react';

const useStyles = makeStyles((theme) => ({
  root: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: '4px 12px',
    padding: '4px 8px',
    minHeight: 44,
    borderBottom: `1px solid ${theme.semanticColors.bodyDivider}`,
  },
  actions: { flex: '1 1 200px', minWidth: 0 },
  filters: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: 8,
    flex: '0 1 auto',
    '@media (max-width: 639px)': { flex: '1 1 100%' },
  },
}));

const searchStyles = { root: { flex: '1 1 200px', minWidth: 160, maxWidth: '100%' } };

const barStyles = { root: { padding: 0, height: 36 } };

/** Actions at the left (what does not fit goes into a menu), search and filters at the right. */
export const CommandBar = ({
  label,
  actions = [],
  children,
}: {
  label: string;
  actions?: readonly ICommandBarItemProps[];
  children?: ReactNode;
}) => {
  const styles = useStyles();
  return (
    <div className={styles.root}>
      {actions.length > 0 && (
        <div className={styles.actions}>
          <FluentCommandBar
            items={[...actions]}
            ariaLabel={label}
            overflowButtonProps={{ ariaLabel: 'More commands' }}
            styles={barStyles}
          />
        </div>
      )}
      {children !== undefined && (
        // biome-ignore lint/a11y/useSemanticElements: the search element is unknown to browsers of 2022 and to jsdom
        <div className={styles.filters} role="search">
          {children}
        </div>
      )}
    </div>
  );
};

/** Typing fast asks the server once. */
const pauseMs = 250;

/** A search box that reports what was typed after a short pause, at once on Enter, and is emptied by Escape. */
export const SearchField = ({
  label,
  value,
  onSearch,
}: {
  /** What is searched: "Search connections". */
  label: string;
  value: string;
  onSearch: (text: string) => void;
}) => {
  const [typed, setTyped] = useState(value);
  const [known, setKnown] = useState(value);
  /** What was reported and has not come back yet; meanwhile somebody may have typed on. */
  const [reported, setReported] = useState<readonly string[]>([]);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  if (known !== value) {
    setKnown(value);
    setReported(reported.slice(reported.indexOf(value) + 1));
    // The address changed from elsewhere (Back, Clear filters).
    if (!reported.includes(value)) setTyped(value);
  }
  useEffect(() => () => clearTimeout(timer.current), []);
  const report = (text: string) => {
    clearTimeout(timer.current);
    const search = text.trim();
    if (search !== value) setReported([...reported, search]);
    onSearch(search);
  };
  return (
    <SearchBox
      placeholder={label}
      ariaLabel={label}
      value={typed}
      onChange={(_, text = '') => {
        setTyped(text);
        clearTimeout(timer.current);
        timer.current = setTimeout(() => report(text), pauseMs);
      }}
      onSearch={report}
      onClear={() => {
        setTyped('');
        report('');
      }}
      styles={searchStyles}
    />
  );
};
