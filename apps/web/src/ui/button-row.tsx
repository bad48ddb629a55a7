import { makeStyles } from '@fluentui/react';
import type { ReactNode } from 'react';

const useStyles = makeStyles({ root: { display: 'flex', flexWrap: 'wrap', gap: 8 } });

/** Buttons side by side, the primary one first. */
export const ButtonRow = ({ children }: { children: ReactNode }) => <div className={useStyles().root}>{children}</div>;
