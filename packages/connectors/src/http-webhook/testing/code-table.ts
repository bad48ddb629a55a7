import { type Facts, type Finding, findings } from '../findings.ts';

/** Facts that read as placeholders. */
const placeholders: Facts = {
  asked: 'receiver',
  host: '‹host›',
  authentication: 'bearer',
  signs: true,
  compresses: true,
};

const resultOf = ({ status, isTransient }: Finding): string => {
  if (status !== 'failed') return status;
  return isTransient === true ? 'failing' : 'action required';
};

const stepsOf = ({ steps }: Finding): string => (steps.length > 2 ? `${steps[0]} … ${steps.at(-1)}` : steps.join(', '));

const row = ([code, finding]: [string, Finding]): string => {
  const cells = [
    stepsOf(finding),
    `\`${code}\``,
    resultOf(finding),
    finding.message(placeholders),
    finding.remedy?.(placeholders) ?? '',
  ];
  return `| ${cells.map((cell) => cell.replaceAll('undefined', '‹n›')).join(' | ')} |`;
};

/** The table of codes for the README. */
export const codeTable = (): string =>
  [
    '| step | code | result | what is said | what to do |',
    '|---|---|---|---|---|',
    ...(Object.entries(findings) as [string, Finding][]).map(row),
  ].join('\n');
