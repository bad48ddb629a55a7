import { makeStyles, useTheme } from '@fluentui/react';
import type { ReactNode } from 'react';

/** Drawings by connector type, on a 24 × 24 ground; our own, neutral ones, in the colour of the text around them. */
const drawings: Readonly<Record<string, ReactNode>> = {
  'adls-gen2': (
    <>
      <path d="M4 7.5 12 4l8 3.5-8 3.5z" />
      <path d="M4 12c2 1.6 4 1.6 6 0s4-1.6 6 0 3 1.2 4 .6" />
      <path d="M4 16c2 1.6 4 1.6 6 0s4-1.6 6 0 3 1.2 4 .6" />
      <path d="M4 20c2 1.6 4 1.6 6 0s4-1.6 6 0 3 1.2 4 .6" />
    </>
  ),
  'audience-insights': (
    <>
      <circle cx="9" cy="8" r="3.5" />
      <path d="M3 20c0-4 2.5-6 6-6s6 2 6 6M16 5.2a3.5 3.5 0 0 1 0 5.6M18 14.6c2 .9 3 2.7 3 5.4" />
    </>
  ),
  'azure-blob': (
    <>
      <rect x="4" y="4" width="16" height="16" rx="2" />
      <path d="M4 9h16M8 13h3v3H8zM14 13h2v3h-2z" />
    </>
  ),
  'http-webhook': (
    <>
      <circle cx="6" cy="17" r="2" />
      <circle cx="18" cy="17" r="2" />
      <circle cx="12" cy="6" r="2" />
      <path d="M11 8 7 15M13 8l4 7M8 17h8" />
    </>
  ),
  sftp: (
    <>
      <rect x="4" y="4" width="16" height="7" rx="1.5" />
      <path d="M7.5 7.5h.01M11 7.5h5M12 20v-6M9 16.5 12 13.5l3 3" />
    </>
  ),
  'local-folder': <path d="M4 6.5h5.5l2 2.5H20v9.5H4zM4 11.5h16" />,
};

const anyService = (
  <>
    <circle cx="12" cy="12" r="8" />
    <path d="M12 4v16M4 12h16" />
  </>
);

const useStyles = makeStyles((theme) => ({
  ground: {
    display: 'inline-flex',
    alignItems: 'center',
    justifyContent: 'center',
    flexShrink: 0,
    borderRadius: 6,
    background: theme.palette.themeLighterAlt,
  },
}));

/** The picture of a connector type; decoration, since its name always stands beside it. `size` in pixels. */
export const ConnectorLogo = ({ type, size = 40 }: { type: string; size?: number }) => {
  const styles = useStyles();
  const { palette } = useTheme();
  return (
    <span className={styles.ground} style={{ width: size, height: size }} aria-hidden>
      <svg
        width={size * 0.6}
        height={size * 0.6}
        viewBox="0 0 24 24"
        fill="none"
        stroke={palette.themePrimary}
        strokeWidth={1.75}
        strokeLinecap="round"
        strokeLinejoin="round"
        role="presentation"
      >
        {drawings[type] ?? anyService}
      </svg>
    </span>
  );
};
