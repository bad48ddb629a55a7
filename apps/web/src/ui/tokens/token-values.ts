import * as contract from '@junction/contracts';
import * as z from 'zod';
import { type ScopePreset, scopePresets } from '../../lib/token-words.ts';

/** What is typed of a number of days; what is none becomes a number that no rule lets through. */
const daysOf = (text: string): number => (/^\d+$/.test(text.trim()) ? Number(text) : Number.NaN);

/** The form of a new token. It makes what the API takes: what is typed or ticked counts only where nothing usual is chosen. */
export const TokenForm = z
  .object({
    name: z.string(),
    /** Days, or `own` for those that are typed. */
    lifetime: z.enum(['7', '30', '90', '365', 'own']),
    expiresInDays: z.string(),
    access: z.enum(['readOnly', 'runExports', 'everything', 'chosen'] satisfies (ScopePreset | 'chosen')[]),
    scope: z.array(contract.TokenAction),
  })
  .transform(({ name, lifetime, expiresInDays, access, scope }) => ({
    name,
    expiresInDays: daysOf(lifetime === 'own' ? expiresInDays : lifetime),
    scope: access === 'chosen' ? scope : [...scopePresets[access]],
  }))
  .pipe(contract.NewApiToken);
export type TokenValues = z.input<typeof TokenForm>;

export const noTokenYet: TokenValues = {
  name: '',
  lifetime: '90',
  expiresInDays: '',
  access: 'readOnly',
  scope: [],
};

/** How many days the token of a form lasts; undefined while that is no number that a token can have. */
export const daysOfForm = ({ lifetime, expiresInDays }: Pick<TokenValues, 'lifetime' | 'expiresInDays'>) =>
  contract.NewApiToken.shape.expiresInDays.safeParse(daysOf(lifetime === 'own' ? expiresInDays : lifetime)).data;
