import { manifests } from '@junction/connectors/manifests';
import { screen, waitFor, within } from '@testing-library/react';
import { expect, it } from 'vitest';
import { aConnection } from '../testing/connections.ts';
import { showConnections } from '../testing/show-connections.ts';

it('shows what can be connected, how often it is, and sets one up with the tiles still behind', async () => {
  const { user, address } = showConnections('/discover', [aConnection(), aConnection()]);
  const tile = await screen.findByRole('article', { name: 'Azure Data Lake Storage Gen2' });
  expect(await within(tile).findByText('2 set up')).toBeVisible();
  expect(screen.getByRole('heading', { name: 'Storage & files' })).toBeVisible();
  expect(screen.getByRole('tab', { name: 'Discover' })).toHaveAttribute('aria-selected', 'true');
  await user.click(within(tile).getByRole('button', { name: 'Set up Azure Data Lake Storage Gen2' }));
  expect(await screen.findByText('Set up Azure Data Lake Storage Gen2 connection')).toBeInTheDocument();
  expect(address()).toMatch(/\/connections\/new\/adls-gen2$/);
  expect(screen.getByRole('article', { name: 'Azure Data Lake Storage Gen2', hidden: true })).toBeInTheDocument();
  await user.click(screen.getByRole('button', { name: 'Cancel' }));
  await waitFor(() => expect(address()).toMatch(/\/connections\/discover$/));
});

it('searches the tiles', async () => {
  const { user, address } = showConnections('/discover?search=blob');
  expect(await screen.findByRole('article', { name: 'Azure Blob Storage' })).toBeVisible();
  expect(screen.queryByRole('article', { name: 'Azure Data Lake Storage Gen2' })).not.toBeInTheDocument();
  await user.type(screen.getByRole('searchbox', { name: 'Search types' }), 'zzz{Enter}');
  await user.click(await screen.findByRole('button', { name: 'Clear search' }));
  await waitFor(() => expect(address()).toMatch(/\/discover$/));
  expect(screen.getAllByRole('article')).toHaveLength(manifests.length);
});

it('leads from one pivot to the other', async () => {
  const { user, address } = showConnections('/discover', [aConnection({ name: 'Lake' })]);
  await user.click(await screen.findByRole('tab', { name: 'Connections' }));
  await waitFor(() => expect(address()).toMatch(/\/connections$/));
  expect(await screen.findByRole('link', { name: 'Lake' })).toBeVisible();
});

it('leads to the page with steps for a type that is set up in steps', async () => {
  const { user, address } = showConnections('/discover');
  await user.click(await screen.findByRole('button', { name: 'Set up Dynamics 365 audience insights' }));
  expect(await screen.findByRole('navigation', { name: 'Steps' })).toBeInTheDocument();
  expect(address()).toMatch(/\/connections\/new\/audience-insights\/settings$/);
  expect(screen.queryByRole('dialog')).toBeNull();
});
