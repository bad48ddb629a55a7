import * as contract from '@junction/contracts';
import type { TestClient } from './client.ts';
import { newConnection } from './connections.ts';
import { workOff } from './fake-run-steps.ts';
import type { TestHouse } from './house.ts';

type Target = { settings: Record<string, string>; secrets: Record<string, string> };

/** What secrets are planted with: each goes into every place of a draft that takes text. */
const plantIn = (secret: string): Partial<contract.BodyInput<typeof contract.createConnectionDraft>>[] => [
  { name: secret.slice(0, 200) },
  { settings: { accountName: secret } },
  { settings: { accountKey: secret } },
  { settings: { endpoint: `https://contoso.dfs.core.windows.net/?${secret}` } },
  { mapping: { gender: secret } },
];

/** Begins to set connections up, with secrets where none belong, and with none. */
const exerciseDrafts = async (ask: TestClient, environmentId: string, secrets: readonly string[]): Promise<string> => {
  const params = { environmentId };
  const body = { type: 'audience-insights', name: 'Canary', settings: { accountName: 'contosolake' } };
  const { body: draft } = await ask(contract.createConnectionDraft, { params, body });
  const at = { params: { environmentId, draftId: draft.id } };
  for (const secret of secrets) {
    for (const planted of plantIn(secret)) {
      await ask(contract.createConnectionDraft, { params, body: { ...body, ...planted } });
      await ask(contract.updateConnectionDraft, { ...at, body: planted });
    }
  }
  await ask(contract.updateConnectionDraft, { ...at, body: { step: 'review' } });
  await ask(contract.listConnectionDrafts, { params });
  await ask(contract.getConnectionDraft, at);
  const { body: other } = await ask(contract.createConnectionDraft, { params, body });
  await ask(contract.deleteConnectionDraft, { params: { environmentId, draftId: other.id } });
  return draft.id;
};

/**
 * Does everything that can be done with profile data: over the lake that can be read and the ones whose other side sends back what it was
 * sent. `secrets` are planted in drafts.
 */
export const exerciseProfiles = async (
  house: TestHouse,
  ask: TestClient,
  environmentId: string,
  { lake, unkind, secrets }: { lake: Target; unkind: readonly Target[]; secrets: readonly string[] },
): Promise<void> => {
  const params = { environmentId };
  const type = 'audience-insights';
  const profiles = { mapping: { gender: 'Gender' }, personIds: [] };
  const draftId = await exerciseDrafts(ask, environmentId, secrets);
  for (const target of unkind) {
    await ask(contract.readDraftProfileColumns, { params, body: { type, ...target } });
    const body = newConnection({ type, ...target, profiles, saveAnyway: true });
    await ask(contract.createConnection, { params, body });
  }
  await ask(contract.readDraftProfileColumns, { params, body: { type, ...lake } });
  const { body: connection } = await ask(contract.createConnection, {
    params,
    body: newConnection({ type, ...lake, profiles, draftId }),
  });
  await workOff(house);
  const at = { environmentId, connectionId: connection.id };
  const { body: members } = await ask(contract.listMembers, { params });
  for (const { id: personId } of members.value) {
    await ask(contract.grantProfileAccess, { params: at, body: { personId } });
    await ask(contract.listMemberProfileAccess, { params: { environmentId, memberId: personId } });
  }
  await ask(contract.listProfileAccess, { params: at });
  await ask(contract.listProfileReports, { params });
  await ask(contract.getProfileReport, { params: at });
  await ask(contract.getProfileReport, { params: at, query: { gender: 'female' } });
  await ask(contract.listProfileViews, { params: at });
  await ask(contract.getProfileColumns, { params: at });
  await ask(contract.getProfileImport, { params: at });
  await ask(contract.updateProfileImport, { params: at, body: { everyHours: 12 } });
  await ask(contract.startProfileImport, { params: at });
  await ask(contract.cancelProfileImport, { params: at });
  await ask(contract.listProfileImports, { params: at });
  for (const { id: personId } of members.value)
    await ask(contract.revokeProfileAccess, { params: { ...at, personId } });
};
