import { ACTIVITY_ATTRIBUTES, makeActivities } from './activities.ts';
import { toCsv, type Value } from './csv.ts';
import { CUSTOMER_ATTRIBUTES, type Customer, makeCustomer } from './customers.ts';
import { type Attribute, type EntityFormat, toModelJson } from './model-json.ts';
import { createRandom } from './random.ts';

/** The environment the sample belongs to. */
export const SAMPLE_ENVIRONMENT_ID = '3f1c8b52-7a4e-4d0b-9c61-5e2a90d7b814';
export const SAMPLE_FOLDER = `ci_${SAMPLE_ENVIRONMENT_ID}`;

/** A file of the sample lake; the path is below the container. */
export type SampleFile = { path: string; contentType: string; text: string };

const SEED = 20210715;
const ROWS_PER_PARTITION = 5000;
/** Who counts as a high-value customer: the upper end of the incomes. */
const HIGH_INCOME = 75_000;
const NORDIC_AND_DUTCH = new Set(['Sweden', 'Netherlands']);

type Entity = {
  process: string;
  name: string;
  description: string;
  attributes: readonly Attribute[];
  format: EntityFormat;
  rows: readonly (readonly Value[])[];
};

const WITH_HEADERS: EntityFormat = { hasHeaders: true, delimiter: ',' };
/** As CDM folders often are: names only in model.json. */
const WITHOUT_HEADERS: EntityFormat = { hasHeaders: false, delimiter: ',' };
const SEGMENT: readonly Attribute[] = [
  { name: 'CustomerId', dataType: 'string' },
  { name: 'SnapshotTime', dataType: 'dateTimeOffset' },
];
const SNAPSHOT_TIME = '2021-07-15T02:25:00.000Z';

const segment = (name: string, description: string, members: readonly Customer[]): Entity => ({
  process: 'segmentation',
  name,
  description,
  attributes: SEGMENT,
  format: WITH_HEADERS,
  rows: members.map(({ id }) => [id, SNAPSHOT_TIME]),
});

const measuresOf = (customers: readonly Customer[], activities: readonly (readonly Value[])[]): Value[][] => {
  const totals = new Map<string, { spent: number; count: number }>();
  for (const activity of activities) {
    const id = String(activity[1]);
    const before = totals.get(id) ?? { spent: 0, count: 0 };
    totals.set(id, { spent: before.spent + Number(activity[8] ?? 0), count: before.count + 1 });
  }
  return customers.map(({ id }) => {
    const { spent, count } = totals.get(id) ?? { spent: 0, count: 0 };
    return [id, spent.toFixed(2), count];
  });
};

const entitiesOf = (count: number): Entity[] => {
  const random = createRandom(SEED);
  const customers = Array.from({ length: count }, (_, index) => makeCustomer(random, index));
  const activities = customers.flatMap((customer) => makeActivities(random, customer));
  return [
    {
      process: 'profileStore',
      name: 'Customer',
      description: 'Unified customer profiles',
      attributes: CUSTOMER_ATTRIBUTES,
      format: WITH_HEADERS,
      rows: customers.map(({ row }) => row),
    },
    {
      process: 'activity',
      name: 'UnifiedActivity',
      description: 'Activities of all sources on one time line',
      attributes: ACTIVITY_ATTRIBUTES,
      format: { hasHeaders: false, delimiter: ';' },
      rows: activities,
    },
    segment(
      'HighValueCustomers',
      'Income of 75,000 or more',
      customers.filter(({ income }) => (income ?? 0) >= HIGH_INCOME),
    ),
    segment(
      'NorthernEurope',
      'Customers in Sweden and the Netherlands',
      customers.filter(({ country }) => NORDIC_AND_DUTCH.has(country)),
    ),
    {
      process: 'measures',
      name: 'Customer_Measure',
      description: 'Measures by customer',
      attributes: [
        { name: 'CustomerId', dataType: 'string' },
        { name: 'TotalSpend', dataType: 'decimal' },
        { name: 'ActivityCount', dataType: 'int64' },
      ],
      format: WITHOUT_HEADERS,
      rows: measuresOf(customers, activities),
    },
  ];
};

type Partition = SampleFile & { rows: number };

const partitionsOf = ({ process, name, attributes, format, rows }: Entity): Partition[] => {
  const header = format.hasHeaders ? toCsv([attributes.map((attribute) => attribute.name)], format.delimiter) : '';
  const count = Math.max(1, Math.ceil(rows.length / ROWS_PER_PARTITION));
  return Array.from({ length: count }, (_, index) => {
    const own = rows.slice(index * ROWS_PER_PARTITION, (index + 1) * ROWS_PER_PARTITION);
    return {
      path: `${SAMPLE_FOLDER}/${process}/${name}/${name}_${index + 1}.csv`,
      contentType: 'text/csv; charset=utf-8',
      text: header + toCsv(own, format.delimiter),
      rows: own.length,
    };
  });
};

/**
 * All files of the sample, the same at every call: one folder by process, each with its model.json and CSV partitions.
 * @param urlOf the URL that model.json gives for a path.
 */
export const makeSampleLake = (customers: number, urlOf: (path: string) => string): SampleFile[] => {
  const entities = entitiesOf(customers).map((entity) => ({ entity, partitions: partitionsOf(entity) }));
  const processes = [...new Set(entities.map(({ entity }) => entity.process))];
  const models = processes.map((process) => ({
    path: `${SAMPLE_FOLDER}/${process}/model.json`,
    contentType: 'application/json',
    text: toModelJson(
      process,
      entities
        .filter(({ entity }) => entity.process === process)
        .map(({ entity, partitions }) => ({
          ...entity,
          partitions: partitions.map(({ path, rows }) => ({ url: urlOf(path), rows })),
        })),
    ),
  }));
  const files = entities.flatMap(({ partitions }) => partitions.map(({ rows: _, ...file }) => file));
  return [...files, ...models];
};
