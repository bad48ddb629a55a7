const dayMs = 24 * 60 * 60 * 1000;

const spans: Readonly<Record<string, { text: string; ms: number }>> = {
  day: { text: 'Last 24 hours', ms: dayMs },
  week: { text: 'Last 7 days', ms: 7 * dayMs },
  month: { text: 'Last 30 days', ms: 30 * dayMs },
};

export const spanChoices = Object.entries(spans).map(([key, { text }]) => ({ key, text }));

/** The moment (RFC 3339) at which a span of time begins, counted back from `now` (ms); undefined for all time. */
export const spanStart = (span: string, now: number): string | undefined => {
  const ms = Object.hasOwn(spans, span) ? spans[span]?.ms : undefined;
  return ms === undefined ? undefined : new Date(now - ms).toISOString();
};
