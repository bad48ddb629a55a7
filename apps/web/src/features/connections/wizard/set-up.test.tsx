import * as contract from '@junction/contracts';
import { screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { aMember } from '../../../testing/fixtures.ts';
import { refuse, streamOf } from '../../../testing/mock-api.ts';
import { nextId, sampleKey } from '../testing/connections.ts';
import {
  aDraft,
  aProfileConnection,
  aProfileImport,
  profileCheck,
  profileType,
  someColumns,
} from '../testing/profiles.ts';
import { later, showConnections } from '../testing/show-connections.ts';

type Shown = ReturnType<typeof show>;

const connection = aProfileConnection();
const vera = aMember({ name: 'Vera Viewer', email: 'vera@other.example', role: 'viewer' });
const carl = aMember();

/** Shows the wizard over an API where everything goes well, and these drafts are kept. */
const show = (path: string, drafts: contract.ConnectionDraft[] = []) => {
  const shown = showConnections(`/new/${profileType}${path}`, [connection]);
  const { api } = shown;
  const kept = new Map(drafts.map((draft) => [draft.id, draft]));
  api.on(contract.listConnectionDrafts, () => ({ value: [...kept.values()] }));
  api.on(contract.getConnectionDraft, ({ params }) => kept.get(params.draftId) ?? refuse('notFound'));
  api.on(contract.createConnectionDraft, ({ body }) => {
    const draft = aDraft({ ...body });
    kept.set(draft.id, draft);
    return draft;
  });
  api.on(contract.updateConnectionDraft, ({ params, body }) => {
    const before = kept.get(params.draftId);
    if (before === undefined) return refuse('notFound');
    const draft = { ...before, ...body };
    kept.set(draft.id, draft);
    return draft;
  });
  api.on(contract.deleteConnectionDraft, ({ params }) => {
    kept.delete(params.draftId);
  });
  api.on(contract.checkDraft, () =>
    streamOf<typeof contract.checkDraft>([{ event: 'result', result: profileCheck() }]),
  );
  api.on(contract.readDraftProfileColumns, someColumns);
  api.on(contract.listMembers, ({ query }) => ({
    value: [vera, carl].filter(({ name }) => name.toLowerCase().includes(query.search?.toLowerCase() ?? '')),
  }));
  api.on(
    contract.getMember,
    ({ params }) => [vera, carl].find(({ id }) => id === params.memberId) ?? refuse('notFound'),
  );
  api.on(contract.createConnection, () => connection);
  api.on(contract.getProfileImport, () =>
    aProfileImport({ connectionId: connection.id, status: 'waiting', last: null, report: null }),
  );
  api.on(contract.listProfileImports, () => ({ value: [] }));
  api.on(contract.listProfileAccess, () => ({ value: [] }));
  api.on(contract.getCatalog, () => refuse('notFound'));
  return { ...shown, kept };
};

const enter = async ({ user }: Pick<Shown, 'user'>, input: HTMLElement, text: string) => {
  await user.click(input);
  await user.paste(text);
};
const secret = () => screen.getByLabelText(/^Shared Key/, { selector: 'input[type=password]' });
const next = ({ user }: Pick<Shown, 'user'>) => user.click(screen.getByRole('button', { name: 'Next' }));
const heading = (name: string) => screen.findByRole('heading', { name, level: 2 });

const fillIn = async (shown: Shown) => {
  await enter(shown, await screen.findByRole('textbox', { name: 'Display name' }), 'Contoso customers');
  await enter(shown, screen.getByRole('textbox', { name: 'ADLS gen2 storage account' }), 'contosolake');
  await enter(
    shown,
    screen.getByRole('textbox', { name: 'Audience insights environment ID' }),
    '01234567-89ab-cdef-0123-456789abcdef',
  );
  await enter(
    shown,
    screen.getByRole('textbox', { name: 'Audience insights folder name' }),
    'customerinsights/ci_01234567-89ab-cdef-0123-456789abcdef',
  );
  await enter(shown, secret(), sampleKey);
};

describe('setting a connection up in steps', () => {
  it('leads from the settings over who has access to the review, and creates one connection', async () => {
    const shown = show('');
    const { api, user, address, kept } = shown;
    await heading('Settings');
    await waitFor(() => expect(address()).toMatch(/\/audience-insights\/settings/));
    await fillIn(shown);
    await next(shown);

    await waitFor(async () => expect(await heading('Access')).toHaveFocus());
    expect(api.asked(contract.readDraftProfileColumns)[0]?.body.secrets).toEqual({ accountKey: sampleKey });
    await user.type(screen.getByRole('combobox', { name: 'Add people' }), 'ver');
    await user.click(await screen.findByRole('option', { name: /Vera Viewer/ }));
    const people = screen.getByRole('list', { name: 'People with access to profile data' });
    expect(within(people).getByText('Sets it up, and has access')).toBeInTheDocument();
    expect(within(people).getByText('Outside')).toBeInTheDocument();
    expect(within(people).getAllByRole('button')).toHaveLength(1);
    expect(screen.getByText(/Vera Viewer is outside contoso\.example/)).toBeInTheDocument();
    expect(screen.getByText(/Vera Viewer is a viewer/)).toBeInTheDocument();
    await next(shown);

    await waitFor(async () => expect(await heading('Review')).toHaveFocus());
    expect(screen.getByText('The customers are 12 days old.')).toBeInTheDocument();
    expect(screen.getByText('BirthDate')).toBeInTheDocument();
    expect(screen.queryByText(sampleKey)).toBeNull();
    await user.click(screen.getByRole('combobox', { name: /Look for new data/ }));
    await user.click(await screen.findByRole('option', { name: 'Once a day' }));
    await user.click(screen.getByRole('checkbox', { name: /I agree/ }));
    const answer = later<contract.Connection>();
    api.on(contract.createConnection, () => answer.promise);
    await user.dblClick(screen.getByRole('button', { name: 'Done' }));
    answer.settle(connection);

    await waitFor(() => expect(address()).toMatch(new RegExp(`/connections/${connection.id}$`)));
    expect(api.asked(contract.createConnection).map(({ body }) => body)).toEqual([
      {
        name: 'Contoso customers',
        type: profileType,
        sharing: { sharedWith: 'admins', personIds: [] },
        settings: connection.settings,
        secrets: { accountKey: sampleKey },
        consent: { accepted: true, textVersion: contract.consentTextVersion },
        saveAnyway: false,
        profiles: { mapping: someColumns().proposed, everyHours: 24, personIds: [vera.id] },
        draftId: [...kept.keys()][0],
      },
    ]);
    expect(await screen.findByRole('region', { name: 'Profile data' })).toBeInTheDocument();
  });

  it('keeps what is filled in as a draft, without secrets', async () => {
    const shown = show('/settings');
    const { api, address, kept } = shown;
    await fillIn(shown);
    expect(await screen.findByText('Draft saved')).toBeInTheDocument();
    await waitFor(() => expect([...kept.values()][0]?.settings.environmentFolder).toMatch(/ci_0123/));
    expect(api.asked(contract.createConnectionDraft)).toHaveLength(1);
    expect(address()).toContain(`?draft=${[...kept.keys()][0]}`);
    expect(JSON.stringify([...kept.values()])).not.toContain(sampleKey);
    // It is the same form as before it had a draft.
    expect(secret()).toHaveValue(sampleKey);
  });

  it('keeps the last letters of somebody who leaves at once, and lets the page be that they went to', async () => {
    const shown = show('/settings');
    const { api, user, address, kept } = shown;
    await enter(shown, await screen.findByRole('textbox', { name: 'Display name' }), 'Left');
    expect(api.asked(contract.createConnectionDraft)).toEqual([]);
    await user.click(screen.getByRole('link', { name: 'Connections' }));
    expect(await screen.findByText('Left')).toBeInTheDocument();
    expect([...kept.values()].map(({ name }) => name)).toEqual(['Left']);
    expect(address()).toMatch(/\/connections$/);
  });

  it('keeps everything else where the server takes something for a secret', async () => {
    const shown = show('/settings');
    const { api, kept } = shown;
    api.on(contract.createConnectionDraft, ({ body }) => {
      if (body.settings.environmentId === 'whsec_canary')
        return refuse('invalidInput', {
          errors: [{ field: 'settings.environmentId', code: 'secret', message: 'This looks like a secret.' }],
        });
      const draft = aDraft({ ...body });
      kept.set(draft.id, draft);
      return draft;
    });
    const id = await screen.findByRole('textbox', { name: 'Audience insights environment ID' });
    await enter(shown, id, 'whsec_canary');
    await waitFor(() => expect(kept.size).toBe(1));
    expect([...kept.values()][0]?.settings).toEqual({ authentication: 'sharedKey' });
    expect(screen.queryByText(/could not be saved/)).toBeNull();
    expect(id).toHaveValue('whsec_canary');
  });

  it('says so when the draft cannot be saved, and saves it on demand', async () => {
    const shown = show('/settings');
    const { api, user } = shown;
    const { createConnectionDraft } = contract;
    api.on(createConnectionDraft, () => refuse('unavailable', { detail: 'The database is away.' }));
    await enter(shown, await screen.findByRole('textbox', { name: 'Display name' }), 'Lake');
    expect(await screen.findByText(/The draft could not be saved\. The database is away\./)).toBeInTheDocument();
    api.on(createConnectionDraft, ({ body }) => aDraft({ ...body }));
    await user.click(screen.getByRole('button', { name: 'Save it now' }));
    expect(await screen.findByText('Draft saved')).toBeInTheDocument();
  });

  it('stays at the settings while the check fails, and goes on anyway when told to', async () => {
    const shown = show('/settings');
    const { api, user } = shown;
    api.on(contract.checkDraft, () =>
      streamOf<typeof contract.checkDraft>([{ event: 'result', result: profileCheck('actionRequired') }]),
    );
    await fillIn(shown);
    await next(shown);
    expect(await screen.findByText('There is no such account.')).toBeInTheDocument();
    expect(screen.getByRole('heading', { name: 'Settings', level: 2 })).toBeInTheDocument();
    expect(api.asked(contract.readDraftProfileColumns)).toEqual([]);
    await user.click(screen.getByRole('button', { name: 'Go on anyway' }));
    await heading('Access');
    await next(shown);
    await heading('Review');
    expect(screen.getByText(/The check of these settings failed/)).toBeInTheDocument();
    await user.click(screen.getByRole('checkbox', { name: /I agree/ }));
    await user.click(screen.getByRole('button', { name: 'Done' }));
    await waitFor(() => expect(api.asked(contract.createConnection)).toHaveLength(1));
    expect(api.asked(contract.createConnection)[0]?.body).toMatchObject({
      saveAnyway: true,
      profiles: { mapping: {} },
    });
  });

  it('lets the columns be corrected, with the shapes of their values, and no column be chosen twice', async () => {
    const shown = show('/settings');
    const { user } = shown;
    await fillIn(shown);
    await user.click(screen.getByRole('button', { name: 'Verify' }));
    const columns = await screen.findByRole('region', { name: 'What the columns mean' });
    const gender = await within(columns).findByRole('combobox', { name: 'Gender' });
    expect(gender).toHaveValue('Gender');
    expect(within(columns).getByText('9999-99-99')).toBeInTheDocument();
    expect(within(columns).getByRole('combobox', { name: 'Income' })).toHaveValue('Not there');
    await user.click(gender);
    await user.click(await screen.findByRole('option', { name: /Country/ }));
    expect(within(columns).getAllByText(/chosen twice/)).not.toHaveLength(0);
    await next(shown);
    expect(screen.getByRole('heading', { name: 'Settings', level: 2 })).toBeInTheDocument();
    await user.click(gender);
    await user.click(await screen.findByRole('option', { name: 'Not there' }));
    await next(shown);
    await heading('Access');
  });

  it('goes back and forward in the browser, and back to the settings when they are not verified any more', async () => {
    const shown = show('/settings');
    const { user, router } = shown;
    await fillIn(shown);
    await next(shown);
    await heading('Access');
    const steps = screen.getByRole('navigation', { name: 'Steps' });
    expect(within(steps).queryByRole('link', { name: /Review/ })).toBeNull();
    await router.navigate(-1);
    await heading('Settings');
    expect(screen.getByRole('textbox', { name: 'Display name' })).toHaveValue('Contoso customers');
    await router.navigate(1);
    await heading('Access');
    await user.click(within(steps).getByRole('link', { name: /Settings \(done\)/ }));
    await heading('Settings');
    await user.type(screen.getByRole('textbox', { name: 'ADLS gen2 storage account' }), '2');
    await router.navigate(-1);
    expect(await screen.findByText(/have to be verified before you can go on/)).toBeInTheDocument();
    expect(screen.getByRole('heading', { name: 'Settings', level: 2 })).toBeInTheDocument();
  });

  it('says at Done what was refused, with the way to the step where it is put right', async () => {
    const shown = show('/settings');
    const { api, user } = shown;
    await fillIn(shown);
    await next(shown);
    await heading('Access');
    await next(shown);
    await heading('Review');
    await user.click(screen.getByRole('button', { name: 'Done' }));
    expect(await screen.findByText(/Agree to the data privacy/)).toBeInTheDocument();
    await user.click(screen.getByRole('checkbox', { name: /I agree/ }));
    api.on(contract.createConnection, () =>
      refuse('nameTaken', {
        detail: 'Another connection has this name.',
        errors: [{ field: 'name', code: 'taken', message: 'Another connection has this name.' }],
      }),
    );
    await user.click(screen.getByRole('button', { name: 'Done' }));
    const alert = await screen.findByText(/Another connection has this name/);
    await user.click(within(alert).getByRole('link', { name: 'Go to Settings' }));
    await heading('Settings');
    expect(screen.getByRole('textbox', { name: 'Display name' })).toHaveAccessibleDescription(/has this name/);
    expect(secret()).toHaveValue(sampleKey);
  });
});

describe('a draft', () => {
  const draft = aDraft({
    step: 'review',
    personIds: [carl.id, nextId()],
    everyHours: 12,
    mapping: { gender: 'FullName', city: 'Gone' },
  });

  it('is offered first, and gone on with once its secrets are there again', async () => {
    const shown = show('', [draft]);
    const { api, user, address } = shown;
    await user.click(await screen.findByRole('button', { name: 'Resume Half a lake' }));
    expect(await screen.findByText(/Enter “Shared Key” again/)).toBeInTheDocument();
    expect(address()).toMatch(new RegExp(`/settings\\?draft=${draft.id}$`));
    expect(screen.getByRole('textbox', { name: 'ADLS gen2 storage account' })).toHaveValue('contosolake');
    expect(secret()).toHaveValue('');
    await next(shown);
    await waitFor(() => expect(secret()).toHaveFocus());
    expect(api.asked(contract.checkDraft)).toEqual([]);
    await enter(shown, secret(), sampleKey);
    await next(shown);
    await heading('Access');
    const people = screen.getByRole('list', { name: 'People with access to profile data' });
    expect(within(people).getByText('Carl Contributor')).toBeInTheDocument();
    await user.click(screen.getByRole('link', { name: 'Review' }));
    await heading('Review');
    // What was chosen stays, as far as it is there.
    expect(screen.getByText('FullName')).toBeInTheDocument();
    expect(screen.queryByText('Gone')).toBeNull();
    expect(screen.getByRole('combobox', { name: /Look for new data/ })).toHaveTextContent('Every 12 hours');
  });

  it('is kept or discarded when somebody cancels', async () => {
    const shown = show(`/settings?draft=${draft.id}`, [draft]);
    const { user, address, kept } = shown;
    await screen.findByRole('textbox', { name: 'Display name' });
    await user.click(screen.getByRole('button', { name: 'Cancel' }));
    await user.click(await screen.findByRole('button', { name: 'Keep the draft' }));
    await waitFor(() => expect(address()).toMatch(/\/connections$/));
    await user.click(await screen.findByRole('button', { name: 'Resume Half a lake' }));
    await user.click(await screen.findByRole('button', { name: 'Cancel' }));
    await user.click(await screen.findByRole('button', { name: 'Discard it' }));
    await waitFor(() => expect(address()).toMatch(/\/connections$/));
    expect(kept.size).toBe(0);
    await waitFor(() => expect(screen.queryByText('Half a lake')).toBeNull());
  });

  it('is discarded on the page of connections, after a question', async () => {
    const shown = show('', [draft]);
    const { user, kept } = shown;
    await user.click(await screen.findByRole('button', { name: 'Discard Half a lake' }));
    const question = await screen.findByRole('alertdialog', { name: 'Discard Half a lake?' });
    await user.click(within(question).getByRole('button', { name: 'Discard' }));
    await waitFor(() => expect(kept.size).toBe(0));
  });

  it('that is gone says so', async () => {
    show(`/access?draft=${nextId()}`);
    expect(await screen.findByText('This draft is not here any more')).toBeInTheDocument();
  });
});
