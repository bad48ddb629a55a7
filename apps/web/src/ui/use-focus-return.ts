import { useEffect, useState } from 'react';

/** What had the focus before the first of the panels and dialogs that are open. */
let opener: Element | null = null;

const overlay = '[role="dialog"], [role="alertdialog"]';

/**
 * Gives the focus back to where it was when a panel or dialog goes. Fluent does so too, but knows only its own surface: when
 * one panel gives way to another, or what had the focus is gone from the page, the focus would fall to the document's start.
 */
export const useFocusReturn = (): void => {
  // While rendering, because the surface takes the focus before any effect runs.
  useState(() => {
    const active = document.activeElement;
    if (active !== null && active !== document.body && active.closest(overlay) === null) opener = active;
  });
  useEffect(
    () => () => {
      // After Fluent has tried, and after a panel that follows has taken the focus.
      setTimeout(() => {
        if (document.activeElement !== document.body || document.querySelector(overlay) !== null) return;
        const target = opener?.isConnected ? opener : document.getElementById('content');
        if (target instanceof HTMLElement) target.focus();
      });
    },
    [],
  );
};
