import { IconButton, makeStyles } from '@fluentui/react';
import { Link } from 'react-router';
import { NoticesBell } from '../../features/notices/notices-bell.tsx';
import { paths } from '../../lib/paths.ts';
import { ProductMark } from '../../ui/product-mark.tsx';
import { AccountMenu } from './account-menu.tsx';
import { EnvironmentSwitcher } from './environment-switcher.tsx';
import { OfflineNotice } from './offline-notice.tsx';
import { ThemeMenu } from './theme-menu.tsx';
import { useCurrentEnvironment } from './use-current-environment.ts';

const narrow = '@media (max-width: 639px)';

const useStyles = makeStyles((theme) => ({
  root: {
    height: 48,
    boxSizing: 'border-box',
    display: 'flex',
    alignItems: 'center',
    gap: 4,
    padding: '0 8px',
    background: theme.semanticColors.bodyBackground,
    borderBottom: `1px solid ${theme.semanticColors.bodyDivider}`,
  },
  menu: { display: 'none', [narrow]: { display: 'block' } },
  product: {
    display: 'flex',
    alignItems: 'center',
    gap: 8,
    padding: '0 8px',
    height: 32,
    borderRadius: 4,
    color: theme.semanticColors.bodyText,
    textDecoration: 'none',
    fontWeight: 600,
    fontSize: 16,
    ':focus-visible': { outline: `2px solid ${theme.semanticColors.focusBorder}` },
  },
  name: { [narrow]: { display: 'none' } },
  divider: {
    width: 1,
    height: 20,
    margin: '0 4px',
    background: theme.semanticColors.bodyDivider,
    [narrow]: { display: 'none' },
  },
  space: { flex: 1 },
  wideOnly: { [narrow]: { display: 'none' } },
}));

/** Product and environment at the left; notices, theme, shortcuts and account at the right. */
export const Header = ({ onMenu, onHelp }: { onMenu: () => void; onHelp: () => void }) => {
  const styles = useStyles();
  const environment = useCurrentEnvironment();
  return (
    <header className={styles.root}>
      <div className={styles.menu}>
        <IconButton iconProps={{ iconName: 'Menu' }} ariaLabel="Open menu" onClick={onMenu} />
      </div>
      <Link to={paths.home()} className={styles.product} aria-label="Junction, home">
        <ProductMark size={20} />
        <span className={styles.name}>Junction</span>
      </Link>
      <span className={styles.divider} />
      <EnvironmentSwitcher />
      <span className={styles.space} />
      <OfflineNotice />
      {environment && <NoticesBell key={environment.id} environmentId={environment.id} />}
      <ThemeMenu />
      <div className={styles.wideOnly}>
        <IconButton
          iconProps={{ iconName: 'Help' }}
          ariaLabel="Keyboard shortcuts"
          title="Keyboard shortcuts (?)"
          onClick={onHelp}
        />
      </div>
      <AccountMenu />
    </header>
  );
};
