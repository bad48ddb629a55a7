/** Events that a test tells one after another, to everybody who listens at that time. */
export const toldEvents = <Event>() => {
  type Listener = { waiting: Event[]; hasEnded: boolean; wake: () => void };
  const listeners = new Set<Listener>();

  async function* listen(first: readonly Event[]): AsyncGenerator<Event> {
    const listener: Listener = { waiting: [...first], hasEnded: false, wake: () => undefined };
    listeners.add(listener);
    while (true) {
      yield* listener.waiting.splice(0);
      if (listener.hasEnded) return;
      if (listener.waiting.length > 0) continue;
      await new Promise<void>((resolve) => {
        listener.wake = resolve;
      });
    }
  }

  return {
    /** What one more listener is told, beginning with these. */
    listen: (...first: Event[]) => listen(first),
    tell: (event: Event): void => {
      for (const listener of listeners) {
        listener.waiting.push(event);
        listener.wake();
      }
    },
    /** Ends what the present listeners are told. */
    end: (): void => {
      for (const listener of listeners) {
        listener.hasEnded = true;
        listener.wake();
      }
      listeners.clear();
    },
  };
};
