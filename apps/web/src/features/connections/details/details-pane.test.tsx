import * as contract from '@junction/contracts';
import { screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { refuse, streamOf } from '../../../testing/mock-api.ts';
import { aCheck, aConnection, failedCheck, nextId, passedCheck } from '../testing/connections.ts';
import { later, showConnections } from '../testing/show-connections.ts';

const lake = aConnection({
  name: 'Contoso lake',
  status: 'actionRequired',
  statusReason: {
    step: 'authenticate',
    code: 'authenticate.keyRejected',
    message: 'The account does not accept this key.',
    remedy: 'Copy key1 again from Access keys.',
  },
});
const show = (connection = lake) => showConnections(`/${connection.id}`, [connection]);

describe('the details of a connection', () => {
  it('show how it is, its settings, since when its secrets are set, and who agreed', async () => {
    show();
    expect(await screen.findByText('Copy key1 again from Access keys.')).toBeInTheDocument();
    const settings = screen.getByRole('region', { name: 'Settings' });
    for (const text of ['contosolake', 'exports', 'Set on March 12, 2026', 'Admins']) {
      expect(within(settings).getByText(text)).toBeInTheDocument();
    }
    const consent = screen.getByRole('region', { name: 'Consent' });
    expect(within(consent).getByText('2026-11')).toBeInTheDocument();
    expect(await screen.findByText('It has not been checked yet.')).toBeInTheDocument();
  });

  it('say yes and no of a switch', async () => {
    show(aConnection({ settings: { ...lake.settings, readsEntities: true, entityFolder: 'ci/prod' } }));
    const settings = await screen.findByRole('region', { name: 'Settings' });
    expect(within(settings).getByText('Read entities from a folder here').nextElementSibling).toHaveTextContent('Yes');
    expect(within(settings).getByText('ci/prod')).toBeInTheDocument();
  });

  it('show the last checks as bars and in words, each with its steps, and older ones on demand', async () => {
    const { api, user } = show();
    api.on(contract.listChecks, ({ query }) =>
      query.skiptoken === undefined
        ? {
            value: [aCheck({ ...failedCheck(), trigger: 'manual', by: { id: nextId(), name: 'Alba' } }), aCheck()],
            nextLink: '/api/v1/environments/x/connections/y/checks?skiptoken=older',
          }
        : { value: [aCheck({ outcome: 'failing' })] },
    );
    const strip = await screen.findByRole('list', { name: 'Last 2 checks: 1 passed, 1 did not.' });
    expect(within(strip).getAllByRole('img')).toHaveLength(2);
    const entries = screen.getByRole('list', { name: 'Checks, newest first' });
    await user.click(within(entries).getByRole('button', { name: /Action required.*On request by Alba/ }));
    const steps = screen.getByRole('list', { name: 'Steps of this check' });
    expect(steps).toHaveTextContent('az storage account keys list -n contosolake');
    expect(within(steps).getByRole('button', { name: 'Copy command' })).toBeInTheDocument();
    await user.click(screen.getByRole('button', { name: 'Show older checks' }));
    expect(await within(entries).findByRole('button', { name: /Failing/ })).toBeInTheDocument();
  });

  it('show what happened to it', async () => {
    const { api } = show();
    const change: contract.Activity = {
      id: nextId(),
      at: '2026-11-20T09:00:00Z',
      kind: 'connection.updated',
      by: { id: nextId(), name: 'Alba Admin' },
      token: null,
      subject: { type: 'connection', id: lake.id, name: lake.name },
      from: '127.0.0.1',
      before: null,
      after: null,
    };
    api.on(contract.listActivity, ({ query }) => ({
      value: query.filter === `subjectId in ('${lake.id}')` ? [change] : [],
    }));
    const list = await screen.findByRole('list', { name: 'Activity of Contoso lake' });
    expect(within(list).getByText('Changed a connection')).toBeInTheDocument();
  });

  it('check it now, step by step, once, and can be told to stop', async () => {
    const { api, user } = show();
    const result = later<contract.CheckEvent>();
    api.on(contract.checkConnection, () =>
      streamOf<typeof contract.checkConnection>(
        (async function* () {
          yield { event: 'started', step: 'endpoint' };
          yield await result.promise;
        })(),
      ),
    );
    await user.dblClick(await screen.findByRole('menuitem', { name: 'Check now' }));
    const steps = await screen.findByRole('list', { name: 'Steps of the check' });
    await waitFor(() => expect(within(steps).getByText('Running')).toBeInTheDocument());
    expect(screen.getByRole('button', { name: 'Cancel check' })).toBeInTheDocument();
    result.settle({ event: 'result', result: passedCheck() });
    expect(await screen.findByText('Verification passed.')).toHaveRole('status');
    expect(api.asked(contract.checkConnection)).toHaveLength(1);
    await waitFor(() => expect(api.asked(contract.getConnection).length).toBeGreaterThan(1));
  });

  it('pause and resume its checks', async () => {
    const paused = aConnection({ name: 'Pond', isPaused: true, status: 'paused' });
    const { api, user } = show(paused);
    api.on(contract.updateConnection, () => ({ ...paused, isPaused: false }));
    await user.click(await screen.findByRole('menuitem', { name: 'Resume checks' }));
    expect(await screen.findByText('Checks of Pond go on.')).toBeInTheDocument();
    expect(api.asked(contract.updateConnection)[0]?.body).toEqual({ isPaused: false, saveAnyway: false });
  });

  it('lead to Edit and back', async () => {
    const { user, address } = show();
    await user.click(await screen.findByRole('menuitem', { name: 'Edit' }));
    await screen.findByRole('textbox', { name: 'Display name' });
    await user.click(screen.getByRole('button', { name: 'Cancel' }));
    await waitFor(() => expect(address()).toMatch(new RegExp(`/connections/${lake.id}$`)));
  });

  it('say so when it is not there', async () => {
    const { api } = show();
    api.on(contract.getConnection, () => refuse('notFound', { detail: 'This connection is not here.' }));
    expect(await screen.findByText('This connection is not here.')).toBeInTheDocument();
  });
});
