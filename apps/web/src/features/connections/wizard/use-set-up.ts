import type { Manifest } from '@junction/connectors/manifests';
import * as contract from '@junction/contracts';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { paths } from '../../../lib/paths.ts';
import { useSubmit } from '../../../lib/use-submit.ts';
import { leaveUnguarded } from '../../../ui/leave-guard.tsx';
import { useToasts } from '../../../ui/toasts.tsx';
import { useConnectionActions } from '../api.ts';
import { useCheck } from '../check/use-check.ts';
import { useConnectionForm } from '../form/use-connection-form.ts';
import { useConnectionSave } from '../form/use-connection-save.ts';
import { checkDraftOf, targetOf, useVerification } from '../form/use-verification.ts';
import { chosenTwice, mappingOver } from '../profiles/mapping.ts';
import { contentOf, valuesOfDraft } from './draft-content.ts';
import { useDraftsChanged } from './drafts.ts';
import { type Refusal, refusalsOf } from './refusals.ts';
import { laterStep, type Progress } from './steps.ts';
import { useColumns } from './use-columns.ts';
import { useDraft } from './use-draft.ts';

/** Somebody who is going to see the profile data. */
export type ChosenReader = Pick<contract.Member, 'id' | 'name' | 'email' | 'role'>;

/** A draft that is gone on with, and the members that it names. */
export type OpenedDraft = { draft: contract.ConnectionDraft; people: ChosenReader[] };

/** What was verified: these very settings and secrets, or none that work but to be saved all the same. */
type Passed = { target: string; isAnyway: boolean; findings: contract.CheckStep[] };

type Options = {
  manifest: Manifest;
  environmentId: string;
  opened: OpenedDraft | undefined;
  onBegun: (draftId: string) => void;
};

/** The logic of the wizard, over all of its steps: what is filled in, what is verified, what is kept, and creating the connection. */
export const useSetUp = ({ manifest, environmentId, opened, onBegun }: Options) => {
  const { type } = manifest;
  const navigate = useNavigate();
  const toasts = useToasts();
  const { refreshList } = useConnectionActions(environmentId);
  const draftsChanged = useDraftsChanged(environmentId);
  const create = useSubmit(contract.createConnection);

  const [initial] = useState(() => (opened === undefined ? undefined : valuesOfDraft(manifest, opened.draft)));
  const form = useConnectionForm(manifest, undefined, initial);
  const check = useCheck(manifest);
  const runCheck = checkDraftOf(environmentId, type, form.reading);
  const verification = useVerification({ form, check, runCheck });
  const { columns, ...columnsOf } = useColumns(environmentId, type);

  const [mapping, setMapping] = useState(opened?.draft.mapping ?? null);
  const [people, setPeople] = useState<readonly ChosenReader[]>(opened?.people ?? []);
  const [everyHours, setEveryHours] = useState<number>(opened?.draft.everyHours ?? contract.usualImportEveryHours);
  const [furthest, setFurthest] = useState(opened?.draft.step ?? 'settings');
  const [passed, setPassed] = useState<Passed>();
  const [isGoingOn, setIsGoingOn] = useState(false);
  const [refusals, setRefusals] = useState<readonly Refusal[]>([]);

  const missing = form.reading.problems.filter(({ path }) => path !== 'agreed' && path !== 'sharing');
  const areSettingsDone =
    missing.length === 0 && passed?.target === verification.target && chosenTwice(mapping ?? {}).length === 0;
  const progress: Progress = { areSettingsDone, furthest };

  const draft = useDraft({
    environmentId,
    type,
    draftId: opened?.draft.id,
    content: contentOf({
      values: form.values,
      mapping,
      personIds: people.map(({ id }) => id),
      everyHours,
      step: furthest,
    }),
    onBegun,
  });

  const pathOf = (step: contract.ConnectionDraftStep) =>
    paths.setUpConnection(environmentId, type, step, draft.idNow());
  const goTo = (step: contract.ConnectionDraftStep) => {
    setFurthest((before) => laterStep(before, step));
    return navigate(pathOf(step), leaveUnguarded);
  };

  /** Reads the columns of what has passed; false when they could not be read, or the form holds something else by then. */
  const readColumns = async (findings: contract.CheckStep[]): Promise<boolean> => {
    const reading = form.readNow();
    const target = targetOf(reading);
    const read = await columnsOf.read(reading);
    if (read === undefined) return false;
    setMapping((chosen) => mappingOver(read, chosen));
    setPassed({ target, isAnyway: false, findings });
    return target === targetOf(form.readNow());
  };
  /** Verifies what the form holds and, when it passes, reads the columns. */
  const verify = async (allow?: Parameters<typeof verification.verify>[0]): Promise<boolean> => {
    setRefusals([]);
    const result = await verification.verify(allow);
    if (result === undefined) return false;
    if (result.outcome === 'passed') return readColumns(result.steps.filter(({ isTelling }) => isTelling === true));
    setPassed(undefined);
    columnsOf.forget();
    return false;
  };
  const isKnownToPass = check.result?.outcome === 'passed' && !verification.isOutdated;

  /** From the settings to who has access; verifies first unless that was done. */
  const goOn = async (): Promise<void> => {
    if (isGoingOn || check.status === 'running' || !(await form.isFilledIn())) return;
    setIsGoingOn(true);
    try {
      const isDone = (areSettingsDone && refusals.length === 0) || (await verify());
      if (isDone && chosenTwice(mapping ?? {}).length === 0) await goTo('access');
    } finally {
      setIsGoingOn(false);
    }
  };
  /** The same although the check failed or the columns could not be read. */
  const goOnAnyway = async (): Promise<void> => {
    if (!(await form.isFilledIn())) return;
    setRefusals([]);
    setPassed({ target: verification.target, isAnyway: !isKnownToPass, findings: [] });
    await goTo('access');
  };

  const onSaved = async (connection: contract.Connection) => {
    await Promise.all([refreshList(), draftsChanged()]);
    await navigate(paths.connection(environmentId, connection.id), leaveUnguarded);
    if (connection.status === 'actionRequired')
      toasts.info(`${connection.name} is saved. It needs action before it works.`);
    else toasts.success(`${connection.name} is set up. Its customer profiles are being imported.`);
  };
  const save = useConnectionSave({ form, check, onSaved });
  const send = async (): Promise<contract.Connection> => {
    const { settings, secrets } = form.readNow();
    setRefusals([]);
    // What would be kept from now on would be kept of something that is there.
    await draft.end();
    try {
      return await create.mutateAsync({
        params: { environmentId },
        body: {
          name: form.values.name.trim(),
          type,
          settings,
          secrets,
          consent: { accepted: true, textVersion: contract.consentTextVersion },
          saveAnyway: passed?.isAnyway === true,
          profiles: { mapping: mapping ?? {}, everyHours, personIds: people.map(({ id }) => id) },
          draftId: draft.idNow(),
        },
      });
    } catch (error) {
      draft.resume();
      setRefusals(refusalsOf(error));
      throw error;
    }
  };
  /** Creates the connection, once, however often it is asked for. */
  const done = async (): Promise<void> => {
    if (await form.form.trigger('agreed', { shouldFocus: true })) await save.save(send);
  };

  return {
    manifest,
    environmentId,
    form,
    check,
    verification,
    columns,
    mapping,
    setMapping,
    people,
    addPerson: (person: ChosenReader) =>
      setPeople((before) => (before.some(({ id }) => id === person.id) ? before : [...before, person])),
    removePerson: (personId: string) => setPeople((before) => before.filter(({ id }) => id !== personId)),
    everyHours,
    setEveryHours,
    /** What was verified, while the form still holds it. */
    passed: areSettingsDone ? passed : undefined,
    progress,
    draft,
    refusals,
    isResumed: opened !== undefined,
    isBusy: isGoingOn || save.isSaving,
    isSaving: save.isSaving,
    isKnownToPass,
    pathOf,
    goTo,
    verify,
    readColumns: () => readColumns(check.result?.steps.filter(({ isTelling }) => isTelling === true) ?? []),
    goOn,
    goOnAnyway,
    done,
  };
};

export type SetUp = ReturnType<typeof useSetUp>;
