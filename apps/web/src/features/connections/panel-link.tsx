import { Link } from '@fluentui/react';
import type { MouseEvent, ReactNode } from 'react';
import { useHref, useLinkClickHandler, useLocation } from 'react-router';

/** A link that opens a panel over the page; closing it leads back here. The page's search, filters and order stay. */
export const PanelLink = ({ path, children }: { path: string; children: ReactNode }) => {
  const { pathname, search } = useLocation();
  const to = { pathname: path, search };
  const onClick = useLinkClickHandler<HTMLAnchorElement>(to, { state: { backTo: pathname } });
  return (
    <Link href={useHref(to)} onClick={(event) => onClick(event as MouseEvent<HTMLAnchorElement>)}>
      {children}
    </Link>
  );
};
