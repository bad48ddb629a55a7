import * as contract from '@junction/contracts';
import { useEffect, useRef, useState } from 'react';
import { call } from '../../../lib/call.ts';
import { isProblem } from '../../../lib/errors.ts';
import { type DraftContent, withoutRefused } from './draft-content.ts';
import { useDraftsChanged } from './drafts.ts';

/** As long as somebody types, nothing is sent. */
const pauseMs = 800;

export type DraftState =
  | { status: 'none' | 'changed' | 'saving' | 'saved' }
  /** Why it could not be saved. */
  | { status: 'failed'; error: Error };

type Options = {
  environmentId: string;
  type: string;
  /** The draft that was opened; undefined for one that is not kept yet. */
  draftId: string | undefined;
  content: DraftContent;
  /** A draft was begun: its address names it from now on. */
  onBegun: (draftId: string) => void;
};

/**
 * Keeps what is filled in as a draft: begun with the first thing that is worth it, then after each pause and at each step. One request at a
 * time; what was changed meanwhile is sent after it.
 */
export const useDraft = ({ environmentId, type, draftId, content, onBegun }: Options) => {
  const draftsChanged = useDraftsChanged(environmentId);
  const [state, setState] = useState<DraftState>({ status: 'none' });
  const text = JSON.stringify(content);
  const latest = useRef(text);
  const saved = useRef(text);
  const id = useRef(draftId);
  const isEnded = useRef(false);
  const isHere = useRef(true);
  const underWay = useRef<Promise<void>>(undefined);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  latest.current = text;

  const send = async (body: DraftContent): Promise<void> => {
    if (id.current !== undefined) {
      try {
        await call(contract.updateConnectionDraft, { params: { environmentId, draftId: id.current }, body });
        return;
      } catch (error) {
        // Discarded somewhere else, or a further draft took its place: what is here is kept all the same.
        if (!isProblem(error, 'notFound')) throw error;
      }
    }
    const draft = await call(contract.createConnectionDraft, { params: { environmentId }, body: { type, ...body } });
    id.current = draft.id;
    // The address of whoever has left is that of another page.
    if (isHere.current) onBegun(draft.id);
  };

  /** The same without what the server takes for a secret that was put into the wrong field; everything else is kept. */
  const sendSafely = async (body: DraftContent): Promise<void> => {
    try {
      await send(body);
    } catch (error) {
      const safe = withoutRefused(body, error);
      if (safe === undefined) throw error;
      await send(safe);
    }
  };

  const saveAll = async (): Promise<void> => {
    while (!isEnded.current && saved.current !== latest.current) {
      const sending = latest.current;
      setState({ status: 'saving' });
      try {
        await sendSafely(JSON.parse(sending) as DraftContent);
        saved.current = sending;
        setState({ status: 'saved' });
      } catch (thrown) {
        setState({ status: 'failed', error: thrown instanceof Error ? thrown : new Error(String(thrown)) });
        return;
      }
    }
    await draftsChanged();
  };

  /** Saves what is not saved yet, at once. */
  const save = (): Promise<void> => {
    clearTimeout(timer.current);
    if (isEnded.current || saved.current === latest.current) return underWay.current ?? Promise.resolve();
    underWay.current ??= saveAll().finally(() => {
      underWay.current = undefined;
    });
    return underWay.current;
  };
  const latestSave = useRef(save);
  latestSave.current = save;

  useEffect(() => {
    if (isEnded.current || saved.current === text) return;
    setState((before) => (before.status === 'failed' ? before : { status: 'changed' }));
    timer.current = setTimeout(() => void latestSave.current(), pauseMs);
    return () => clearTimeout(timer.current);
  }, [text]);
  // Whoever leaves the page leaves nothing behind.
  useEffect(() => {
    isHere.current = true;
    return () => {
      isHere.current = false;
      void latestSave.current();
    };
  }, []);

  return {
    state,
    save,
    /** Whether there is something that is not saved. */
    hasUnsaved: () => saved.current !== latest.current,
    /** The draft's id, once there is one. */
    idNow: () => id.current,
    /** For when it is done or discarded: nothing is saved any more. Resolves when nothing is under way. */
    end: async (): Promise<void> => {
      isEnded.current = true;
      clearTimeout(timer.current);
      await underWay.current;
    },
    /** For when it went on after all. */
    resume: () => {
      isEnded.current = false;
    },
  };
};

export type Draft = ReturnType<typeof useDraft>;
