/** A migration that cannot be named so; the message says how. */
export class NamingError extends Error {}

const namePattern = /^[a-z][a-z0-9]*(_[a-z0-9]+)*$/;
/** Prisma's column for it takes 255, file systems too; a longer name is a sentence. */
const longestName = 60;

/**
 * The folder of a new migration, `<UTC time to the second>_<name>`, as Prisma names it. `newest` is the last folder there is.
 * Throws a NamingError when the name is missing or malformed, or the folder would sort before the newest.
 */
export const migrationFolder = (name: string | undefined, now: Date, newest: string | undefined): string => {
  if (name === undefined || !namePattern.test(name) || name.length > longestName) {
    throw new NamingError(
      `Name the migration in at most ${longestName} lower-case letters, digits and _: npm run db:migration add_paused_at`,
    );
  }
  const folder = `${now.toISOString().replaceAll(/\D/g, '').slice(0, 14)}_${name}`;
  if (newest !== undefined && folder <= newest) {
    throw new NamingError(
      `The migration ${newest} lies in the future, so the new one would be applied before it. Check this machine's clock.`,
    );
  }
  return folder;
};
