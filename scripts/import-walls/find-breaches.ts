import { cruise, type ICruiseResult } from 'dependency-cruiser';
import { walls } from './walls.ts';

/** One import that goes through a wall; `to` equals `from` where a module as a whole is wrong. */
export type Breach = { wall: string; from: string; to: string; remedy: string };

/** Reads every import below the given folders of a repository and returns those that go through a wall. */
export const findBreaches = async (root: string, folders: string[]): Promise<Breach[]> => {
  const { output } = await cruise(
    folders,
    {
      baseDir: root,
      validate: true,
      ruleSet: { forbidden: walls.map((wall) => ({ severity: 'error', ...wall })) },
      // TypeScript 7 has no JavaScript API yet, and acorn reads no TypeScript.
      parser: 'swc',
      moduleSystems: ['es6'],
      doNotFollow: { path: 'node_modules' },
      exclude: { path: ['(^|/)dist/', '/platform/prisma/internal/'] },
      // Type-only imports count: a wall holds for what one knows, not only for what one runs.
      tsPreCompilationDeps: true,
      combinedDependencies: true,
    },
    { exportsFields: ['exports'], conditionNames: ['import', 'node', 'default', 'types'] },
  );
  const remedies = new Map(walls.map(({ name, comment }) => [name, comment]));
  return (output as ICruiseResult).summary.violations.map(({ rule, from, to }) => ({
    wall: rule.name,
    from,
    to,
    remedy: remedies.get(rule.name) ?? '',
  }));
};
