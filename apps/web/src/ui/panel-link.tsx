import { Link } from '@fluentui/react';
import type { MouseEvent, ReactNode } from 'react';
import { useHref, useLinkClickHandler, useLocation } from 'react-router';

/** A link that opens a panel over the page; closing it leads back here. The page's search, filters and order stay. */
export const PanelLink = ({ path, children }: { path: string; children: ReactNode }) => {
  const { pathname, search } = useLocation();
  const to = { pathname: path, search };
  const onClick = useLinkClickHandler<HTMLAnchorElement>(to, { state: { backTo: pathname } });
  return (
    // In a table a press on the link is not for the row: selecting it would move the rows away under the pointer.
    <Link
      href={useHref(to)}
      onClick={(event) => onClick(event as MouseEvent<HTMLAnchorElement>)}
      data-selection-disabled
    >
      {children}
    </Link>
  );
};
