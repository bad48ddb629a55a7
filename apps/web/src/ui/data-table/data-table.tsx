import {
  CheckboxVisibility,
  ConstrainMode,
  DetailsList,
  DetailsListLayoutMode,
  EventGroup,
  type IColumn,
  type ICommandBarItemProps,
  type IContextualMenuItem,
  mergeStyles,
  ProgressIndicator,
  SELECTION_CHANGE,
  Selection,
  SelectionMode,
} from '@fluentui/react';
import { type ReactNode, useEffect, useState } from 'react';
import { EmptyState, type EmptyStateProps } from '../empty-state.tsx';
import { ErrorState } from '../error-state.tsx';
import { useLater } from '../use-later.ts';
import { useWidth } from '../use-width.ts';
import { BulkBar } from './bulk-bar.tsx';
import { TwoLines } from './cell-lines.tsx';
import { actionsWidth, type Column, columnWidths, fittingColumns, nextOrder, parseOrder } from './columns.ts';
import { MoreRows, ShimmerRow } from './filler-rows.tsx';
import { RowMenu } from './row-menu.tsx';
import { useTableStyles } from './styles.ts';

/** What a table reads from a query over pages; the result of useInfiniteQuery fits. */
export type ListState<Row> = {
  data: readonly Row[] | undefined;
  error: unknown;
  isFetching: boolean;
  isFetchingNextPage: boolean;
  hasNextPage: boolean;
  fetchNextPage: () => unknown;
  refetch: () => unknown;
};

export type DataTableProps<Row extends object> = {
  /** What the rows are: "Connections". */
  label: string;
  list: ListState<Row>;
  columns: readonly Column<Row>[];
  keyOf: (row: Row) => string;
  /** What a row is called, for the labels of its check box and menu. */
  nameOf: (row: Row) => string;
  /** `field` or `field desc`, and what to do when a column's head asks for another. */
  orderBy?: string;
  onOrderBy?: (orderBy: string) => void;
  /** The ⋮ of a row: the same order everywhere, what destroys last and after a divider. */
  rowActions?: (row: Row) => IContextualMenuItem[];
  /** Turns selection on: the actions for the rows that are selected. */
  bulkActions?: (rows: Row[], clear: () => void) => ICommandBarItemProps[];
  /** What to say beside the count of selected rows, such as how many of them can only be read. */
  bulkNote?: (rows: Row[]) => string | undefined;
  /** What Enter or a double click on a row opens. */
  onOpen?: (row: Row) => void;
  /** Shown under the first column's content in place of the columns that do not fit; `hidden` has their keys. */
  narrowText?: (row: Row, hidden: ReadonlySet<string>) => ReactNode;
  /** Stands above the rows, and gives its place to the bulk actions while rows are selected. */
  commandBar?: ReactNode;
  empty: EmptyStateProps;
  /** Set while search or filters are on, so that an empty list says so. */
  onClearFilters?: () => void;
};

/** Quicker answers show no waiting at all. */
const shimmerAfterMs = 150;
const shimmerRows = 8;

type Item<Row> = Row | null;

/** Plain text gets the second line and the … that other content brings itself. */
const cellOf = (content: ReactNode): ReactNode =>
  typeof content === 'string' ? <TwoLines>{content}</TwoLines> : content;

/**
 * Fluent understands "all" as all but a few, so that rows which arrive later join in. What somebody has chosen are the rows that
 * they saw, one by one.
 */
class RowSelection extends Selection {
  override setAllSelected(isAllSelected: boolean) {
    this.setChangeEvents(false);
    super.setAllSelected(false);
    if (isAllSelected) for (const index of this.getItems().keys()) this.setIndexSelected(index, true, false);
    this.setChangeEvents(true);
  }
}

const useSelection = <Row extends object>(keyOf: (row: Row) => string) => {
  const [selected, setSelected] = useState<Row[]>([]);
  const [selection] = useState(() => {
    // Fluent's selection holds rows of any kind, the placeholders (null) among them.
    const made: Selection = new RowSelection({
      getKey: (row, index) => (row === null ? `placeholder-${index}` : keyOf(row as Row)),
      canSelectItem: (row) => row !== null,
      onSelectionChanged: () => setSelected(made.getSelection().filter((row) => row !== null) as Row[]),
    });
    return made;
  });
  return { selection, selected };
};

/**
 * Our dress over Fluent's DetailsList: 42 px rows, sortable heads, a ⋮ on each row, selection with bulk actions, four states
 * (loading, empty, error, rows), more rows as one scrolls. Only the rows in sight are in the page. Columns that do not fit
 * leave by their `leavesAt`, down to 320 px.
 */
export const DataTable = <Row extends object>(props: DataTableProps<Row>) => {
  const { label, list, keyOf, nameOf, rowActions, bulkActions, onOpen, narrowText, orderBy = '' } = props;
  const styles = useTableStyles();
  const [widthRef, width] = useWidth();
  const { selection, selected } = useSelection(keyOf);
  useEffect(() => {
    // The head's check box says "all" until it is told that there are more rows now.
    if (list.data) EventGroup.raise(selection, SELECTION_CHANGE);
  }, [selection, list.data]);
  const isLoading = list.data === undefined && list.error === null;
  const isShimmering = useLater(isLoading, shimmerAfterMs);
  const hasSelection = bulkActions !== undefined;

  const shown = fittingColumns(props.columns, width, { hasSelection, hasActions: rowActions !== undefined });
  const isNarrow = shown.length < props.columns.length;
  const hidden = new Set(props.columns.filter((column) => !shown.includes(column)).map(({ key }) => key));
  const widths =
    width === undefined
      ? undefined
      : columnWidths(shown, width, { hasSelection, hasActions: rowActions !== undefined });
  const order = parseOrder(orderBy);

  const columns: IColumn[] = shown.map((column, index) => ({
    key: column.key,
    name: column.title,
    minWidth: widths?.[index] ?? column.minWidth,
    maxWidth: widths?.[index] ?? column.maxWidth,
    isRowHeader: index === 0,
    isMultiline: index === 0 && isNarrow,
    isSorted: column.sortBy !== undefined && column.sortBy === order.field,
    isSortedDescending: order.isDescending,
    showSortIconWhenUnsorted: false,
    sortAscendingAriaLabel: 'Sorted ascending',
    sortDescendingAriaLabel: 'Sorted descending',
    className: column.isNumber ? styles.number : undefined,
    headerClassName: column.isNumber ? styles.number : undefined,
    onColumnClick:
      column.sortBy === undefined ? undefined : () => props.onOrderBy?.(nextOrder(orderBy, column.sortBy ?? '')),
    onRender: (row: Item<Row>) =>
      row && (
        <>
          {cellOf(column.render(row))}
          {index === 0 && isNarrow && narrowText && <div className={styles.narrowText}>{narrowText(row, hidden)}</div>}
        </>
      ),
  }));
  if (rowActions) {
    columns.push({
      key: 'actions',
      name: 'Actions',
      isIconOnly: true,
      minWidth: actionsWidth,
      maxWidth: actionsWidth,
      className: styles.actions,
      onRender: (row: Item<Row>) => row && <RowMenu name={nameOf(row)} actions={rowActions(row)} />,
    });
  }

  const rows: Item<Row>[] = isLoading
    ? new Array<null>(isShimmering ? shimmerRows : 0).fill(null)
    : [...(list.data ?? []), ...(list.hasNextPage ? [null] : [])];
  const clearSelection = () => selection.setAllSelected(false);
  const isEmpty = list.data?.length === 0;

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: Escape clears the selection from anywhere in the table
    <div
      ref={widthRef}
      className={styles.card}
      onKeyDown={(event) => {
        if (event.key === 'Escape' && selected.length > 0 && !event.defaultPrevented) clearSelection();
      }}
    >
      {selected.length > 0 && bulkActions ? (
        <BulkBar
          count={selected.length}
          note={props.bulkNote?.(selected)}
          actions={bulkActions(selected, clearSelection)}
          onClear={clearSelection}
        />
      ) : (
        props.commandBar
      )}
      <div className={styles.progress}>
        {list.isFetching && !isLoading && !list.isFetchingNextPage && (
          <ProgressIndicator barHeight={2} ariaValueText="Refreshing" styles={{ itemProgress: { padding: 0 } }} />
        )}
      </div>
      {list.data === undefined && list.error !== null ? (
        <ErrorState error={list.error} onRetry={() => list.refetch()} />
      ) : isEmpty && props.onClearFilters ? (
        <EmptyState
          icon="Search"
          title="Nothing matches"
          text="No row fits the search and the filters."
          action={{ text: 'Clear search and filters', onClick: props.onClearFilters, isPrimary: false }}
        />
      ) : isEmpty ? (
        <EmptyState {...props.empty} />
      ) : (
        <div className={mergeStyles(styles.list, isLoading && styles.loading)} aria-busy={isLoading}>
          <DetailsList
            items={rows}
            columns={columns}
            setKey={label}
            selection={selection}
            // Whoever moves through the rows with the keyboard, or comes back from a panel, has not chosen any.
            isSelectedOnFocus={false}
            selectionMode={hasSelection ? SelectionMode.multiple : SelectionMode.none}
            checkboxVisibility={hasSelection ? CheckboxVisibility.always : CheckboxVisibility.hidden}
            layoutMode={DetailsListLayoutMode.justified}
            constrainMode={ConstrainMode.unconstrained}
            onItemInvoked={(row: Item<Row>) => row && onOpen?.(row)}
            onRenderMissingItem={() =>
              isLoading ? <ShimmerRow /> : <MoreRows error={list.error} onMore={() => list.fetchNextPage()} />
            }
            ariaLabelForGrid={label}
            ariaLabelForSelectAllCheckbox="Select all rows"
            ariaLabelForSelectionColumn="Select"
            checkButtonAriaLabel="Select row"
            getRowAriaLabel={(row: Item<Row>) => (row === null ? '' : nameOf(row))}
          />
        </div>
      )}
    </div>
  );
};
