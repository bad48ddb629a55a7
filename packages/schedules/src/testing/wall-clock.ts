/** A wall clock that is read minute by minute: slow, simple, and nothing of croner, so that it can judge what croner says. */

const minuteMs = 60_000;
const dayMinutes = 1440;

/** One step of the walk: the minute in UTC, and what the wall clock shows then (both in minutes since 1970). */
export type Tick = { utc: number; wall: number };

const readClock = (timeZone: string) => {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
  });
  return (utc: number): number => {
    const parts = new Map(format.formatToParts(utc * minuteMs).map(({ type, value }) => [type, Number(value)]));
    const [year = 0, month = 0, day = 0, hour, minute] = (['year', 'month', 'day', 'hour', 'minute'] as const).map(
      (type) => parts.get(type),
    );
    return Date.UTC(year, month - 1, day, hour, minute) / minuteMs;
  };
};

/** What the wall clock shows in each minute of some years. Whole days without a change of clocks are counted on, the others read minute by minute. */
export const wallClock = (timeZone: string, years: { from: number; to: number }) => {
  const start = Date.UTC(years.from, 0, 1) / minuteMs;
  const end = Date.UTC(years.to, 0, 1) / minuteMs;
  const read = readClock(timeZone);
  const walls = new Int32Array(end - start);
  const changes: number[] = [];
  for (let day = start; day < end; day += dayMinutes) {
    const [first, after] = [read(day), read(day + dayMinutes)];
    const isPlain = after - first === dayMinutes;
    if (!isPlain) changes.push(day);
    for (let minute = 0; minute < dayMinutes; minute += 1)
      walls[day - start + minute] = isPlain ? first + minute : read(day + minute);
  }
  return { start, end, walls, changes };
};
export type WallClock = ReturnType<typeof wallClock>;

/** Which minutes of which days a plan means; dates as minutes since 1970 on the wall. */
export type Meaning = {
  isTime: (minuteOfDay: number) => boolean;
  isDay: (date: Date) => boolean;
  /** A rhythm follows what the clock shows; anything else is once per wall time, late after a gap. */
  isRhythm: boolean;
};

/** The first runs after a moment, found by walking. */
export const walk = (clock: WallClock, meaning: Meaning, from: Date, count: number): string[] => {
  const runs: string[] = [];
  const days = new Map<number, boolean>();
  const matches = (wall: number): boolean => {
    if (!meaning.isTime(wall % dayMinutes)) return false;
    const day = Math.floor(wall / dayMinutes);
    const known = days.get(day) ?? meaning.isDay(new Date(day * dayMinutes * minuteMs));
    days.set(day, known);
    return known;
  };
  const fromMinute = Math.floor(from.getTime() / minuteMs);
  // A day earlier, to know which wall times have been shown when the walk arrives.
  const begin = Math.max(clock.start, fromMinute - dayMinutes);
  let shown = (clock.walls[begin - clock.start] ?? 0) - 1;
  for (let utc = begin; utc < clock.end && runs.length < count; utc += 1) {
    const wall = clock.walls[utc - clock.start] ?? 0;
    let runsNow = false;
    if (meaning.isRhythm) runsNow = matches(wall);
    else for (let due = shown + 1; due <= wall && !runsNow; due += 1) runsNow = matches(due);
    shown = Math.max(shown, wall);
    if (runsNow && utc > fromMinute) runs.push(new Date(utc * minuteMs).toISOString());
  }
  return runs;
};
