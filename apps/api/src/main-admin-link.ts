import { Email } from '@junction/contracts';
import { issueBreakGlassLink } from './features/people/index.ts';
import { publicUrlOf } from './house.ts';
import { systemClock } from './platform/clock.ts';
import { openDataFolder } from './platform/data-folder.ts';
import { openEmbeddedDb, openServerDb } from './platform/db.ts';
import { type Env, readEnv } from './platform/env.ts';
import { linesOf, StartError } from './platform/start-error.ts';

// Breaks the glass: makes a link with which one person becomes an admin of every environment. See docs/break-glass.md.

const usage =
  'Usage: npm run admin-link -- <email>, with the variables that Junction runs with. The link works once, for an hour.';

const readEmail = (): string => {
  const [text, ...more] = process.argv.slice(2);
  const email = Email.safeParse(text);
  if (more.length > 0 || !email.success) throw new StartError(usage);
  return email.data;
};

/** One process has the embedded database at a time. */
const openEmbedded = async (env: Env) => {
  const folder = await openDataFolder(env.JUNCTION_DATA_DIR).catch((error: unknown) => {
    if (!linesOf(error).some((line) => line.startsWith('Another Junction is using'))) throw error;
    throw new StartError(
      'Junction is running and has the embedded database to itself. Stop it, run this again, then start it and open the link.',
    );
  });
  const opened = await openEmbeddedDb(folder.path);
  const close = async () => {
    await opened.close();
    await folder.release();
  };
  return { db: opened.db, close };
};

const makeLink = async (email: string): Promise<string> => {
  const env = readEnv(process.env);
  const { db, close } = await (env.DATABASE_URL === undefined ? openEmbedded(env) : openServerDb(env.DATABASE_URL));
  try {
    const { url, expiresAt } = await issueBreakGlassLink(
      { db, clock: systemClock, publicUrl: publicUrlOf(env) },
      email,
    );
    return `This link makes ${email} an admin of every environment. It works once, until ${expiresAt}:\n${url}\n`;
  } finally {
    await close();
  }
};

try {
  process.stdout.write(await makeLink(readEmail()));
} catch (error) {
  for (const line of linesOf(error)) process.stderr.write(`admin-link: ${line}\n`);
  process.exitCode = 1;
}
