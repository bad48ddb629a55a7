import type { Facts, Finding } from '../findings/finding.ts';
import { findings } from '../findings/findings.ts';
import { identityFindings } from '../findings/identity.ts';
import { steps } from '../manifest-parts.ts';
import type { StorageService } from '../storage-url.ts';

/** Facts that read as placeholders. */
export const placeholders: Facts = {
  account: '‹account›',
  container: '‹container›',
  folder: '‹folder›',
  host: '‹host›',
  authentication: 'sharedKey',
  hasCustomEndpoint: false,
  errorCode: '‹storage code›',
  missing: '‹what›',
  path: '‹path›',
  when: '‹time›',
};

/** Those for a code that only identities come to, with an identity. */
export const placeholdersFor = (code: string): Facts =>
  code in identityFindings
    ? {
        ...placeholders,
        authentication: 'servicePrincipalSecret',
        identity: '‹The identity›',
        tenantId: '‹tenant›',
        clientId: '‹client ID›',
        objectId: '‹object ID›',
        authorityHost: '‹authority›',
        roleThere: '‹role›',
        scopeThere: '‹where›',
      }
    : placeholders;

const resultOf = ({ status, isTransient }: Finding): string => {
  if (status !== 'failed') return status;
  return isTransient === true ? 'failing' : 'action required';
};

/** What stands in place of the step where none finds it. */
const outsideChecks = 'reading, exporting';

const stepsOf = ({ steps: found }: Finding): string =>
  found.length > 2 ? `${found[0]} … ${found.at(-1)}` : found.join(', ') || outsideChecks;

const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('undefined', '‹n›');

const row = ([code, finding]: [string, Finding]): string => {
  const remedy = finding.remedy?.(placeholdersFor(code));
  const command = remedy?.command === undefined ? '' : `<br>\`${remedy.command}\``;
  const cells = [
    stepsOf(finding),
    `\`${code}\``,
    resultOf(finding),
    finding.message(placeholdersFor(code)),
    `${remedy?.text ?? ''}${command}`,
  ];
  return `| ${cells.map(cell).join(' | ')} |`;
};

/** The table of a connector's codes for its README, in the order of the steps. */
export const codeTable = (service: StorageService): string => {
  const order = ({ steps: [first] }: Finding): number =>
    first === undefined ? steps.length : steps.findIndex(({ step }) => step === first);
  const rows = (Object.entries(findings) as [string, Finding][])
    .filter(([, { onlyFor }]) => onlyFor === undefined || onlyFor === service)
    .toSorted(([, one], [, other]) => order(one) - order(other))
    .map(row);
  return ['| step | code | result | what is said | what to do |', '|---|---|---|---|---|', ...rows].join('\n');
};
