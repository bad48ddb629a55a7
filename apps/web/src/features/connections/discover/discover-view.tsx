import { DefaultButton, makeStyles, Text } from '@fluentui/react';
import { categories, type Manifest, manifests } from '@junction/connectors/manifests';
import { useQuery } from '@tanstack/react-query';
import { paths } from '../../../lib/paths.ts';
import { SearchField } from '../../../ui/command-bar.tsx';
import { ConnectorLogo } from '../../../ui/connector-logo.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { useUrlState } from '../../../ui/url-state.ts';
import { summaryQuery } from '../api.ts';
import { usePanelNavigation } from '../panel-navigation.ts';
import { setUpCount } from '../words.ts';

const useStyles = makeStyles((theme) => ({
  search: { display: 'block', maxWidth: 320, marginBottom: 16 },
  category: { marginBottom: 24 },
  heading: { fontSize: 16, fontWeight: 600, lineHeight: '22px', margin: '0 0 12px' },
  tiles: {
    display: 'grid',
    gridTemplateColumns: 'repeat(auto-fill, minmax(min(280px, 100%), 1fr))',
    gap: 16,
    margin: 0,
    padding: 0,
    listStyle: 'none',
  },
  tile: {
    display: 'flex',
    flexDirection: 'column',
    gap: 12,
    padding: 16,
    height: '100%',
    minHeight: 176,
    boxSizing: 'border-box',
    background: theme.semanticColors.bodyBackground,
    border: `1px solid ${theme.semanticColors.bodyDivider}`,
    borderRadius: 8,
  },
  head: { display: 'flex', alignItems: 'center', gap: 12 },
  name: { fontSize: 14, fontWeight: 600, lineHeight: '20px', margin: 0 },
  description: { flex: 1, color: theme.semanticColors.bodySubtext },
  foot: { display: 'flex', alignItems: 'center', justifyContent: 'space-between', gap: 12, minHeight: 32 },
}));

const matches = (search: string) => (manifest: Manifest) =>
  `${manifest.label} ${manifest.description} ${manifest.category}`.toLowerCase().includes(search.trim().toLowerCase());

/** A tile for each type of connection there is, by category. */
export const DiscoverView = ({ environmentId }: { environmentId: string }) => {
  const styles = useStyles();
  const [{ search }, setState] = useUrlState({ search: '' });
  const { data: summary } = useQuery(summaryQuery(environmentId));
  const { open } = usePanelNavigation(environmentId);
  const found = manifests.filter(matches(search));

  return (
    <>
      <search className={styles.search}>
        <SearchField label="Search types" value={search} onSearch={(text) => setState({ search: text })} />
      </search>
      {found.length === 0 && (
        <EmptyState
          icon="Search"
          title="Nothing matches"
          text="No type of connection fits the search."
          action={{ text: 'Clear search', onClick: () => setState({ search: '' }), isPrimary: false }}
        />
      )}
      {categories
        .map((category) => ({ category, types: found.filter((manifest) => manifest.category === category) }))
        .filter(({ types }) => types.length > 0)
        .map(({ category, types }) => (
          <section key={category} className={styles.category}>
            <h2 className={styles.heading}>{category}</h2>
            <ul className={styles.tiles}>
              {types.map((manifest) => (
                <li key={manifest.type}>
                  <article className={styles.tile} aria-label={manifest.label}>
                    <div className={styles.head}>
                      <ConnectorLogo type={manifest.type} />
                      <h3 className={styles.name}>{manifest.label}</h3>
                    </div>
                    <Text className={styles.description}>{manifest.description}</Text>
                    <div className={styles.foot}>
                      <Text>{summary !== undefined && setUpCount(summary.byType[manifest.type] ?? 0)}</Text>
                      <DefaultButton
                        text="Set up"
                        ariaLabel={`Set up ${manifest.label}`}
                        onClick={() => open(paths.newConnection(environmentId, manifest.type))}
                      />
                    </div>
                  </article>
                </li>
              ))}
            </ul>
          </section>
        ))}
    </>
  );
};
