import { makeStyles } from '@fluentui/react';
import { manifestOf, metaOf } from '@junction/connectors/manifests';
import type { Connection } from '@junction/contracts';
import type { ReactNode } from 'react';
import type * as z from 'zod';
import { dayOf } from '../../../ui/dates.ts';
import { RelativeTime } from '../../../ui/relative-time.tsx';
import { wordsOf } from '../../../ui/schema-form.ts';
import { Section } from '../../../ui/section.tsx';
import { useViewer } from '../../../ui/viewer.tsx';
import { SharedWithWhom } from '../sharing/shared-with-whom.tsx';
import { UsedByLink } from '../used-by-link.tsx';

const useStyles = makeStyles((theme) => ({
  list: {
    display: 'grid',
    gridTemplateColumns: 'minmax(110px, 32%) 1fr',
    gap: '8px 16px',
    margin: 0,
    '& dt': { color: theme.semanticColors.bodySubtext },
    '& dd': { margin: 0, overflowWrap: 'anywhere' },
  },
}));

type Fact = [label: string, value: ReactNode];

const Facts = ({ facts }: { facts: Fact[] }) => {
  const styles = useStyles();
  return (
    <dl className={styles.list}>
      {facts.map(([label, value]) => [<dt key={`${label}-label`}>{label}</dt>, <dd key={label}>{value}</dd>])}
    </dl>
  );
};

/** The settings, since when which secrets are set, and who agreed to what. */
export const ConnectionFacts = ({ connection }: { connection: Connection }) => {
  const viewer = useViewer();
  const { consent, createdAt, createdBy, credentialExpiresAt, secrets, settings, sharing } = connection;
  const manifest = manifestOf(connection.type);
  const shapes = { ...manifest?.settings.shape, ...manifest?.secrets.shape } as Record<string, z.ZodType>;
  const labelOf = (name: string) => (shapes[name] === undefined ? name : metaOf(shapes[name]).label);
  const shown = (name: string, value: unknown) =>
    (shapes[name] && wordsOf(metaOf(shapes[name]))?.[String(value)]) ?? String(value);

  return (
    <>
      <Section title="Settings">
        <Facts
          facts={[
            ...Object.entries(settings)
              .filter(([, value]) => value !== null && value !== undefined)
              .map(([name, value]): Fact => [labelOf(name), shown(name, value)]),
            ...Object.entries(secrets).map(
              ([name, { setAt }]): Fact => [labelOf(name), <span key={name}>Set on {dayOf(setAt, viewer)}</span>],
            ),
            ...(credentialExpiresAt === null
              ? []
              : [['Credential expires', <RelativeTime key="expires" at={credentialExpiresAt} />] as Fact]),
            ['Shared with', <SharedWithWhom key="sharing" sharing={sharing} />],
            ['Used by', <UsedByLink key="used" connection={connection} />],
            ['Created', <Moment key="created" at={createdAt} by={createdBy.name} />],
          ]}
        />
      </Section>
      <Section title="Consent">
        <Facts
          facts={[
            ['Agreed by', consent.by.name],
            ['Agreed', <RelativeTime key="agreed" at={consent.at} />],
            ['Version of the terms', consent.textVersion],
          ]}
        />
      </Section>
    </>
  );
};

const Moment = ({ at, by }: { at: string; by: string }) => (
  <>
    <RelativeTime at={at} /> by {by}
  </>
);
