import { useSyncExternalStore } from 'react';

/** Between the two events of printing; the media of the page changes only after the browser has counted the sheets. */
let isBetween = false;

const paper = () => window.matchMedia('print');

const subscribe = (listener: () => void) => {
  const query = paper();
  const begin = () => {
    isBetween = true;
    listener();
  };
  const end = () => {
    isBetween = false;
    listener();
  };
  query.addEventListener('change', listener);
  window.addEventListener('beforeprint', begin);
  window.addEventListener('afterprint', end);
  return () => {
    query.removeEventListener('change', listener);
    window.removeEventListener('beforeprint', begin);
    window.removeEventListener('afterprint', end);
  };
};

/** Whether the page is drawn for paper just now. */
export const useIsPrinting = (): boolean => useSyncExternalStore(subscribe, () => isBetween || paper().matches);
