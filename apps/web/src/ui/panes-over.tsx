import { useEffect, useState } from 'react';
import { Outlet } from 'react-router';

/**
 * The child routes of a pane, which open over it. They wait until it is open itself: each pane hides everything else from screen readers, so of
 * two that open at once, as after a refresh, the lower one would hide the upper one.
 */
export const PanesOver = () => {
  const [isOpen, setOpen] = useState(false);
  useEffect(() => setOpen(true), []);
  return isOpen && <Outlet />;
};
