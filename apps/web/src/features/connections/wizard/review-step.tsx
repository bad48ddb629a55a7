import { Link as FluentLink, MessageBar, MessageBarType, makeStyles } from '@fluentui/react';
import { metaOf } from '@junction/connectors/manifests';
import { type ConnectionDraftStep, profileTraits } from '@junction/contracts';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import type * as z from 'zod';
import { useMe } from '../../../lib/session.ts';
import { traitWords } from '../../../lib/trait-words.ts';
import { roleWords } from '../../../lib/words.ts';
import { DetailList } from '../../../ui/detail-list.tsx';
import { wordsOf } from '../../../ui/schema-form.ts';
import { Section } from '../../../ui/section.tsx';
import { ConsentBlock } from '../form/consent-block.tsx';
import { EveryHours } from '../profiles/every-hours.tsx';
import { stepWords } from './steps.ts';
import type { SetUp } from './use-set-up.ts';

const useStyles = makeStyles((theme) => ({
  root: { display: 'flex', flexDirection: 'column', gap: 20, maxWidth: 720 },
  head: { display: 'flex', justifyContent: 'flex-end', marginTop: -28, marginBottom: 8, minHeight: 20 },
  list: { margin: '0 0 12px', paddingInlineStart: 20, lineHeight: '20px', '& li': { marginBottom: 4 } },
  people: { listStyle: 'none', margin: 0, padding: 0, lineHeight: '20px', '& li': { marginBottom: 4 } },
  quiet: { color: theme.semanticColors.bodySubtext },
  refusal: { margin: 0, '& + &': { marginTop: 4 } },
}));

/** The last step: everything that was chosen, what is read, and the consent. */
export const ReviewStep = ({ setUp }: { setUp: SetUp }) => {
  const styles = useStyles();
  const me = useMe();
  const { form, passed, people, mapping, everyHours, setEveryHours, refusals, isBusy } = setUp;
  const readers = [{ id: me.id, name: me.name, email: me.email, role: 'admin' as const }, ...people];
  return (
    <div className={styles.root}>
      {refusals.length > 0 && (
        <MessageBar messageBarType={MessageBarType.error} isMultiline delayedRender={false} role="alert">
          {refusals.map(({ message, step }) => (
            <p key={message} className={styles.refusal}>
              {message} {step !== undefined && <StepLink setUp={setUp} step={step} text={`Go to ${stepWords[step]}`} />}
            </p>
          ))}
        </MessageBar>
      )}
      {passed?.isAnyway === true && (
        <MessageBar messageBarType={MessageBarType.warning} isMultiline delayedRender={false}>
          The check of these settings failed. The connection will be saved as “Action required”: nothing is imported,
          and there is no report, until a check passes.
        </MessageBar>
      )}
      <Part setUp={setUp} title="Connection" step="settings">
        <DetailList isOnPage items={[{ term: 'Display name', value: form.values.name.trim() }, ...settingsOf(setUp)]} />
      </Part>
      {passed !== undefined && passed.findings.length > 0 && (
        <Section title="What the check found">
          <ul className={styles.list}>
            {passed.findings.map(({ step, message }) => (
              <li key={step}>{message}</li>
            ))}
          </ul>
        </Section>
      )}
      <Part setUp={setUp} title="What is read" step="settings">
        <ul className={styles.list}>
          <li>Of the entity Customer, which has the unified profiles, only the columns below.</li>
          <li>Only aggregates are kept: how many people there are of each kind. Rows are not kept.</li>
          <li>Nothing is ever written to the lake.</li>
        </ul>
        <DetailList
          isOnPage
          items={profileTraits.map((trait) => ({
            term: traitWords[trait],
            value: mapping?.[trait] ?? (
              <span className={styles.quiet}>{mapping === null ? 'Not known yet' : 'Not there'}</span>
            ),
          }))}
        />
      </Part>
      <Part setUp={setUp} title="Who sees it" step="access">
        <ul className={styles.people} aria-label="People with access to profile data">
          {readers.map(({ id, name, email, role }) => (
            <li key={id}>
              {name || email}{' '}
              <span className={styles.quiet}>
                · {email} · {roleWords[role]}
              </span>
            </li>
          ))}
        </ul>
      </Part>
      <Section title="How often">
        <EveryHours value={everyHours} onChange={setEveryHours} isDisabled={isBusy} />
        <p className={styles.quiet}>The lake is read again only when something in it has changed.</p>
      </Section>
      <ConsentBlock control={form.form.control} isDisabled={isBusy} />
    </div>
  );
};

const StepLink = ({
  setUp,
  step,
  text,
  label,
}: {
  setUp: SetUp;
  step: ConnectionDraftStep;
  text: string;
  label?: string;
}) => (
  <FluentLink as={Link} to={setUp.pathOf(step)} aria-label={label}>
    {text}
  </FluentLink>
);

const Part = ({
  setUp,
  title,
  step,
  children,
}: {
  setUp: SetUp;
  title: string;
  step: ConnectionDraftStep;
  children: ReactNode;
}) => (
  <Section title={title}>
    <div className={useStyles().head}>
      <StepLink setUp={setUp} step={step} text="Change" label={`Change: ${title}`} />
    </div>
    {children}
  </Section>
);

/** The settings in the order and words of the form; what is empty has no line. */
const settingsOf = ({ manifest, form }: SetUp): { term: string; value: string }[] =>
  Object.entries(manifest.settings.shape).flatMap(([name, schema]) => {
    const meta = metaOf(schema as z.ZodType);
    const text = form.reading.settings[name];
    if (text === undefined || text === null || text === '') return [];
    return [{ term: meta.label, value: wordsOf(meta)?.[String(text)] ?? String(text) }];
  });
