// Brings a clone to the point where the project's commands can run: packages, Prisma client, and with --web the built web.
// Runs before every npm script. Needs nothing installed, so it is plain JavaScript for whatever Node the machine has.
const oldestNode = 20;

const major = Number(process.versions.node.split('.')[0]);
if (major < oldestNode) {
  console.error(
    `Junction needs Node.js ${oldestNode} or newer to install itself; this is ${process.version}. Get one from https://nodejs.org.`,
  );
  process.exit(1);
}

const { installPackages } = await import('./setup/packages.mjs');
const { generatePrismaClient } = await import('./setup/prisma-client.mjs');
const { buildWeb } = await import('./setup/web-build.mjs');
const { SetupError } = await import('./setup/run.mjs');

try {
  installPackages();
  generatePrismaClient();
  if (process.argv.includes('--web')) buildWeb();
} catch (error) {
  if (!(error instanceof SetupError)) throw error;
  console.error(error.message);
  process.exit(1);
}
