import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, realpathSync, rmSync, symlinkSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { machineEnv, projectEnv, root, run, SetupError } from './run.mjs';

const nodePackage = join(root, 'node_modules', 'node');
const nodeBinary = join(nodePackage, 'bin', 'node');
const nodeLink = join(root, 'node_modules', '.bin', 'node');
const wantedMajor = Number(
  JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).devDependencies.node.split('.')[0],
);

const readPackages = (file) => {
  try {
    return JSON.parse(readFileSync(join(root, file), 'utf8')).packages;
  } catch (error) {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  }
};

/**
 * Whether what is installed holds everything that the lock file wants, in the same versions. Optional packages may be missing:
 * they are other platforms'.
 */
export const holds = (installed, wanted) =>
  Object.entries(wanted).every(([path, { version, optional, link }]) => {
    if (!path.includes('node_modules/')) return true;
    const found = installed[path];
    return found ? link || found.version === version : Boolean(optional);
  });

/** npm writes down what it installed only when it has finished, so an interrupted installation does not pass. */
const isInstalled = () => {
  const wanted = readPackages('package-lock.json');
  if (!wanted) throw new SetupError('package-lock.json is missing. Restore it with: git checkout package-lock.json');
  const installed = readPackages(join('node_modules', '.package-lock.json'));
  return installed !== undefined && holds(installed, wanted);
};

const majorOf = (node, env) => {
  const { status, stdout } = spawnSync(node, ['--version'], { env, encoding: 'utf8' });
  return status === 0 ? Number(/^v(\d+)/.exec(stdout)?.[1]) : 0;
};

/** True without starting anything when we already run on it, as in every run after the first. */
const isProjectNodeUsable = () => {
  if (existsSync(nodeLink) && realpathSync(nodeLink) === realpathSync(process.execPath)) return true;
  return majorOf(nodeLink, projectEnv) >= wantedMajor;
};

/** The node package fetches its binary in an install script, which npm leaves out where scripts are switched off. */
const ensureProjectNode = () => {
  if (isProjectNodeUsable()) return;
  console.log(`Fetching Node.js ${wantedMajor}…`);
  spawnSync('node', ['installArchSpecificPackage.js'], { cwd: nodePackage, env: machineEnv, stdio: 'ignore' });
  // npm links a command only when the file was there at installation.
  if (!existsSync(nodeLink) && existsSync(nodeBinary)) symlinkSync(relative(dirname(nodeLink), nodeBinary), nodeLink);
  if (isProjectNodeUsable()) return;
  // No binary for this machine (Alpine, say): its own Node must do.
  rmSync(nodeLink, { force: true });
  if (majorOf('node', machineEnv) >= wantedMajor) return;
  throw new SetupError(
    `Node.js ${wantedMajor} could not be fetched. Check the network, or install Node.js ${wantedMajor} yourself, then try again.`,
  );
};

/** Installs the packages that the lock file names, and Node 24 as node_modules/.bin/node, unless they are there. */
export const installPackages = () => {
  if (!isInstalled()) {
    console.log('Installing packages (about a minute)…');
    run('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], {
      // Prisma's postinstall would download an engine that this project does not use.
      env: { ...machineEnv, PRISMA_SCHEMA_ENGINE_BINARY: process.execPath },
      remedy: 'Check the network and the messages above, then try again.',
      showErrors: true,
    });
  }
  ensureProjectNode();
};
