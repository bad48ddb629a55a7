import { Icon, IconButton, makeStyles, mergeStyles } from '@fluentui/react';
import type { Action } from '@junction/contracts';
import { NavLink } from 'react-router';
import { paths } from '../../lib/paths.ts';
import { useHasProfileReports } from '../../lib/profile-reports.ts';
import { useCan } from '../../lib/session.ts';
import type { IconName } from '../../ui/icons.tsx';
import { useCurrentEnvironment } from './use-current-environment.ts';

type Place = { text: string; icon: IconName; to: (environmentId: string) => string; action: Action; isExact?: boolean };

/** The places of an environment, each with the action that opens it. */
export const places: readonly Place[] = [
  { text: 'Home', icon: 'Home', to: paths.environment, action: 'environment:read', isExact: true },
  { text: 'Status', icon: 'Pulse', to: paths.status, action: 'run:list' },
  { text: 'Connections', icon: 'Connections', to: paths.connections, action: 'connection:list' },
  { text: 'Exports', icon: 'Exports', to: paths.exports, action: 'export:list' },
  { text: 'Profiles', icon: 'Profiles', to: paths.profiles, action: 'profile:read' },
  { text: 'Members', icon: 'People', to: paths.members, action: 'member:list' },
  { text: 'Activity', icon: 'History', to: paths.activity, action: 'activity:list' },
  { text: 'Settings', icon: 'Settings', to: paths.settings, action: 'environment:update' },
];

const useStyles = makeStyles((theme) => ({
  root: {
    width: 228,
    height: '100%',
    boxSizing: 'border-box',
    padding: '8px 4px',
    display: 'flex',
    flexDirection: 'column',
    borderInlineEnd: `1px solid ${theme.semanticColors.bodyDivider}`,
    background: theme.semanticColors.bodyBackground,
  },
  collapsed: { width: 48 },
  list: { listStyle: 'none', margin: 0, padding: 0 },
  link: {
    position: 'relative',
    display: 'flex',
    alignItems: 'center',
    gap: 12,
    height: 40,
    padding: '0 12px',
    borderRadius: 4,
    color: theme.semanticColors.bodyText,
    textDecoration: 'none',
    whiteSpace: 'nowrap',
    overflow: 'hidden',
    ':hover': { background: theme.semanticColors.menuItemBackgroundHovered },
    ':focus-visible': { outline: `2px solid ${theme.semanticColors.focusBorder}`, outlineOffset: -2 },
    '&[aria-current="page"]': { fontWeight: 600, background: theme.semanticColors.menuItemBackgroundHovered },
    '&[aria-current="page"]::before': {
      content: '""',
      position: 'absolute',
      insetInlineStart: 0,
      top: 10,
      bottom: 10,
      width: 3,
      borderRadius: 2,
      background: theme.palette.themePrimary,
      '@media (forced-colors: active)': { background: 'Highlight' },
    },
  },
  icon: { fontSize: 18, width: 18, height: 18, flexShrink: 0 },
  toggle: { marginTop: 'auto' },
}));

/** The places that this person's role opens in the environment at hand; profiles only to who was given access to some. */
export const PlaceList = ({ isCollapsed = false, onGo }: { isCollapsed?: boolean; onGo?: () => void }) => {
  const styles = useStyles();
  const can = useCan();
  const environment = useCurrentEnvironment();
  const hasProfiles = useHasProfileReports(environment?.id);
  if (!environment) return null;
  return (
    <ul className={styles.list}>
      {places
        .filter(({ action, to }) => can(action, environment.id) && (to !== paths.profiles || hasProfiles))
        .map(({ text, icon, to, isExact }) => (
          <li key={text}>
            <NavLink
              to={to(environment.id)}
              end={isExact}
              className={styles.link}
              title={isCollapsed ? text : undefined}
              aria-label={text}
              onClick={onGo}
            >
              <Icon iconName={icon} className={styles.icon} />
              {!isCollapsed && text}
            </NavLink>
          </li>
        ))}
    </ul>
  );
};

/** The navigation at the left, which collapses to icons. */
export const Navigation = ({ isCollapsed, onToggle }: { isCollapsed: boolean; onToggle: () => void }) => {
  const styles = useStyles();
  return (
    <nav aria-label="Main" className={mergeStyles(styles.root, isCollapsed && styles.collapsed)}>
      <PlaceList isCollapsed={isCollapsed} />
      <div className={styles.toggle}>
        <IconButton
          iconProps={{ iconName: isCollapsed ? 'ChevronRight' : 'ChevronLeft' }}
          ariaLabel={isCollapsed ? 'Expand navigation' : 'Collapse navigation'}
          title={isCollapsed ? 'Expand navigation' : 'Collapse navigation'}
          aria-expanded={!isCollapsed}
          onClick={onToggle}
        />
      </div>
    </nav>
  );
};
