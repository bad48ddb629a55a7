import { type Plan, planOf, textOf } from '../plan.ts';
import type { TallyInput, TallyTrait } from './tally-input.ts';

/** Which columns a tally reads, all of them as text: a value that is not of its column's type makes no row malformed here. */
export type TallyPlan = {
  plan: Plan;
  /** SQL of the text of what is mapped, and of nothing where no column is. */
  text: Record<'id' | TallyTrait, string>;
  has(role: 'id' | TallyTrait): boolean;
  /** Whether incomes are numbers by their type. */
  isIncomeNumber: boolean;
};

export const tallyPlanOf = ({ columns, mapping }: TallyInput): TallyPlan => {
  const mapped = Object.values(mapping);
  // Rows are counted also where nothing is mapped.
  const names = mapped.length > 0 ? [...new Set(mapped)] : columns.slice(0, 1).map(({ name }) => name);
  const plan = planOf(
    {
      columns: columns.map((column) => ({ ...column, type: 'text', dataType: 'string' })),
      choice: names.map((name) => ({ name })),
      filter: null,
    },
    'csv',
  );
  const textFor = (role: 'id' | TallyTrait): string => {
    const index = columns.findIndex(({ name }) => name === mapping[role]);
    return index < 0 ? 'NULL::VARCHAR' : textOf({ index });
  };
  const income = columns.find(({ name }) => name === mapping.income);
  return {
    plan,
    text: {
      id: textFor('id'),
      gender: textFor('gender'),
      birthDate: textFor('birthDate'),
      country: textFor('country'),
      city: textFor('city'),
      postalCode: textFor('postalCode'),
      income: textFor('income'),
    },
    has: (role) => mapping[role] !== undefined,
    isIncomeNumber: income?.type === 'decimal' || income?.type === 'integer',
  };
};
