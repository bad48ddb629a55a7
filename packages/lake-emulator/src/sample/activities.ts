import type { Value } from './csv.ts';
import type { Customer } from './customers.ts';
import type { Attribute } from './model-json.ts';
import type { Random } from './random.ts';

export const ACTIVITY_ATTRIBUTES: readonly Attribute[] = [
  { name: 'ActivityId', dataType: 'string' },
  { name: 'CustomerId', dataType: 'string' },
  { name: 'ActivityType', dataType: 'string' },
  { name: 'ActivityTypeDisplay', dataType: 'string' },
  { name: 'Title', dataType: 'string' },
  { name: 'Description', dataType: 'string' },
  { name: 'Timestamp', dataType: 'dateTimeOffset' },
  { name: 'Url', dataType: 'string' },
  { name: 'Value', dataType: 'decimal' },
];

const KINDS = [
  ['PosPurchase', 'Store purchase', 'Bought in store'],
  ['OnlinePurchase', 'Online purchase', 'Bought on the web'],
  ['SubscriptionRenewal', 'Subscription', 'Renewed subscription'],
  ['SupportCase', 'Support', 'Opened a case'],
  ['WebVisit', 'Website visit', 'Visited "What’s new"'],
] as const;

const PRODUCTS = ['Espresso machine, 15 bar', 'Burr grinder', 'Milk frother', 'Café crème beans 1 kg', 'Descaler'];
const FIRST = Date.UTC(2021, 0, 1);
const LAST = Date.UTC(2021, 6, 14);

/** Between none and three activities of a customer. */
export const makeActivities = (random: Random, customer: Customer): Value[][] =>
  Array.from({ length: random.between(0, 3) }, () => {
    const [type, display, title] = random.pick(KINDS);
    const at = new Date(FIRST + Math.floor(random.next() * (LAST - FIRST)));
    const isPurchase = type.endsWith('Purchase');
    return [
      random.hex(24),
      customer.id,
      type,
      display,
      title,
      isPurchase ? random.pick(PRODUCTS) : undefined,
      at.toISOString(),
      type === 'WebVisit' ? 'https://www.contoso.example/new?ref=mail;summer' : undefined,
      isPurchase ? random.between(990, 64900) / 100 : undefined,
    ];
  });
