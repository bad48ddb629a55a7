import { makeStyles } from '@fluentui/react';
import { useState } from 'react';
import { Outlet } from 'react-router';
import { remembered } from '../../lib/remembered.ts';
import { Header } from './header.tsx';
import { Navigation } from './navigation.tsx';
import { NavigationPanel } from './navigation-panel.tsx';
import { useShortcuts } from './shortcuts.ts';
import { ShortcutsDialog } from './shortcuts-dialog.tsx';

/** Only the page itself, as long as it is. */
const paper = '@media print';

const useStyles = makeStyles((theme) => ({
  root: {
    display: 'grid',
    gridTemplate: '48px minmax(0, 1fr) / auto minmax(0, 1fr)',
    height: '100dvh',
    background: theme.semanticColors.bodyStandoutBackground,
    color: theme.semanticColors.bodyText,
    [paper]: { display: 'block', height: 'auto', background: 'none' },
  },
  skip: {
    position: 'absolute',
    insetInlineStart: 8,
    top: -64,
    zIndex: 10,
    padding: '8px 16px',
    border: 0,
    font: 'inherit',
    borderRadius: 4,
    background: theme.semanticColors.primaryButtonBackground,
    color: theme.semanticColors.primaryButtonText,
    ':focus': { top: 8 },
    [paper]: { display: 'none' },
  },
  header: { gridColumn: '1 / -1', [paper]: { display: 'none' } },
  navigation: { '@media (max-width: 639px)': { display: 'none' }, [paper]: { display: 'none' } },
  main: {
    overflow: 'auto',
    outline: 'none',
    minWidth: 0,
    gridColumn: '2',
    // What is placed absolutely inside (texts for screen readers) scrolls with the rest, and does not make the page longer.
    position: 'relative',
    [paper]: { overflow: 'visible' },
  },
  content: {
    maxWidth: 1440,
    margin: '0 auto',
    padding: '24px 32px',
    boxSizing: 'border-box',
    // Where lists need the room.
    '@media (max-width: 1366px)': { padding: 24 },
    '@media (max-width: 639px)': { padding: '16px 12px' },
    [paper]: { maxWidth: 'none', padding: 0 },
  },
}));

const collapsed = remembered('navigation');

/** Header, navigation and the place for pages: the frame of everything behind sign-in. */
export const Shell = () => {
  const styles = useStyles();
  const [isCollapsed, setCollapsed] = useState(() => collapsed.get() === 'collapsed');
  const [isMenuOpen, setMenuOpen] = useState(false);
  const [isHelpOpen, setHelpOpen] = useState(false);
  const toggleNavigation = () => {
    collapsed.set(isCollapsed ? 'open' : 'collapsed');
    setCollapsed(!isCollapsed);
  };
  useShortcuts({ onHelp: () => setHelpOpen(true), onToggleNavigation: toggleNavigation });
  return (
    <div className={styles.root}>
      <button type="button" className={styles.skip} onClick={focusContent}>
        Skip to content
      </button>
      <div className={styles.header}>
        <Header onMenu={() => setMenuOpen(true)} onHelp={() => setHelpOpen(true)} />
      </div>
      <div className={styles.navigation}>
        <Navigation isCollapsed={isCollapsed} onToggle={toggleNavigation} />
      </div>
      <main id="content" className={styles.main} tabIndex={-1} data-is-scrollable="true">
        <div className={styles.content}>
          <Outlet />
        </div>
      </main>
      {isMenuOpen && <NavigationPanel onClose={() => setMenuOpen(false)} />}
      {isHelpOpen && <ShortcutsDialog onClose={() => setHelpOpen(false)} />}
    </div>
  );
};

/** A button rather than a link, because the address is the router's. */
const focusContent = () => document.getElementById('content')?.focus();
