import type { Db } from './db.ts';
import { type Vault, VaultError } from './vault.ts';

const name = 'master-key-proof';
const proof = 'This was sealed with the right key.';

/** Whether the master key is the one that the stored data was sealed with. The first one to ask leaves the proof. */
export const proveMasterKey = async (db: Db, vault: Vault): Promise<boolean> => {
  await db.installation.createMany({
    data: [{ name, value: vault.sealDirectly(proof, [name]) }],
    skipDuplicates: true,
  });
  const { value } = await db.installation.findUniqueOrThrow({ where: { name } });
  try {
    return vault.openDirectly(value, [name]) === proof;
  } catch (error) {
    if (error instanceof VaultError) return false;
    throw error;
  }
};
