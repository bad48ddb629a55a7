import type { Facts } from './finding.ts';

/** The role that opens a container for reading and writing, and the one for reading alone. */
export type DataRole = 'Storage Blob Data Contributor' | 'Storage Blob Data Reader';

const assigneeOf = ({ identity, objectId }: Facts): string =>
  identity === undefined
    ? '--assignee <who signs the token>'
    : `--assignee-object-id ${objectId ?? '<object ID of the identity>'} --assignee-principal-type ServicePrincipal`;

/** Gives a data-plane role for one container, to the identity that the facts are about or else to whoever signs SAS tokens. */
export const roleCommand = (facts: Facts, role: DataRole = 'Storage Blob Data Contributor'): string =>
  `az role assignment create --role "${role}" ${assigneeOf(facts)} --scope "$(az storage account show --name ${facts.account} --query id --output tsv)/blobServices/default/containers/${facts.container}"`;

/** Who has to be given the role, and what else there is to know about it. */
export const giveRole = (facts: Facts, role: DataRole = 'Storage Blob Data Contributor'): string => {
  const { identity, objectId } = facts;
  const assignee = identity === undefined ? 'the person or application that signs the token' : 'it';
  const known =
    identity === undefined || objectId === undefined ? '' : ` on the container; its object ID is ${objectId}`;
  return `Give ${assignee} the role "${role}"${known}. It takes up to ten minutes to have effect.`;
};
