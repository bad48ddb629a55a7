import { Callout, DirectionalHint, FontWeights, Icon, makeStyles, TextField } from '@fluentui/react';
import { useId } from '@fluentui/react-hooks';
import { type KeyboardEvent, type ReactNode, useEffect, useRef, useState } from 'react';

export type ComboboxOption = { key: string; text: string; icon?: ReactNode; note?: ReactNode };
/** Options under a heading; without a title they stand on their own. */
export type ComboboxGroup = { key: string; title?: string; options: readonly ComboboxOption[] };

type Props = {
  label: string;
  isRequired?: boolean;
  isDisabled?: boolean;
  placeholder?: string;
  errorMessage?: string;
  groups: readonly ComboboxGroup[];
  value: string | undefined;
  /** The text of the chosen option, which need not be among those shown. */
  valueText: string;
  onChange: (key: string) => void;
  onBlur?: () => void;
  /** What is searched for; whoever owns the options narrows them. */
  search: string;
  onSearch: (text: string) => void;
  isLoading?: boolean;
  /** Said in place of options. */
  none: string;
  /** Reads more options; absent when all are there. */
  onMore?: () => void;
  /** The field gets the focus when it appears. */
  hasFocusFirst?: boolean;
  /** Gets what gives the field the focus. */
  inputRef?: (field: { focus: () => void } | null) => void;
};

const calloutMaxHeight = 340;
const moreKey = ' more';

const useStyles = makeStyles((theme) => ({
  field: { position: 'relative' },
  list: { padding: '4px 0', outline: 'none' },
  title: { padding: '8px 12px 4px', fontSize: 12, fontWeight: 600, color: theme.semanticColors.bodySubtext },
  group: { border: 0, margin: 0, padding: 0, minWidth: 0 },
  option: {
    width: '100%',
    font: 'inherit',
    fontSize: 14,
    textAlign: 'start',
    color: theme.semanticColors.menuItemText,
    background: 'transparent',
    border: 0,
    display: 'flex',
    alignItems: 'center',
    gap: 8,
    minHeight: 40,
    padding: '2px 12px',
    cursor: 'pointer',
    '&:hover': { background: theme.semanticColors.menuItemBackgroundHovered },
    '&[data-active="true"]': {
      background: theme.semanticColors.menuItemBackgroundHovered,
      outline: `2px solid ${theme.palette.themePrimary}`,
      outlineOffset: -2,
    },
  },
  text: { flex: '1 1 auto', minWidth: 0, overflowWrap: 'anywhere' },
  chosen: { fontWeight: 600 },
  note: { flexShrink: 0, fontSize: 12, color: theme.semanticColors.bodySubtext },
  none: { padding: '12px', color: theme.semanticColors.bodySubtext },
  more: { color: theme.semanticColors.link },
}));

/**
 * A field to choose one of many: typing searches, arrows walk through the options, Enter takes one, Escape closes. The options
 * come in groups, and page by page. Follows the combobox pattern of the ARIA Authoring Practices Guide.
 */
export const GroupedCombobox = ({
  label,
  isRequired,
  isDisabled,
  placeholder,
  errorMessage,
  groups,
  value,
  valueText,
  onChange,
  onBlur,
  search,
  onSearch,
  isLoading = false,
  none,
  onMore,
  hasFocusFirst,
  inputRef,
}: Props) => {
  const styles = useStyles();
  const listId = useId('options');
  const field = useRef<HTMLDivElement>(null);
  const [isOpen, setIsOpen] = useState(false);
  const [isTyped, setIsTyped] = useState(false);
  const [active, setActive] = useState<string>();
  const options = groups.flatMap((group) => group.options);
  const keys = [...options.map(({ key }) => key), ...(onMore === undefined ? [] : [moreKey])];
  const current = active !== undefined && keys.includes(active) ? active : undefined;
  const idOf = (key: string) => `${listId}-${keys.indexOf(key)}`;

  useEffect(() => {
    if (isOpen && current !== undefined)
      document.getElementById(`${listId}-${keys.indexOf(current)}`)?.scrollIntoView({ block: 'nearest' });
  });

  const open = () => {
    if (isDisabled || isOpen) return;
    setIsOpen(true);
    setActive(value);
  };
  const close = () => {
    setIsOpen(false);
    setIsTyped(false);
    onSearch('');
  };
  const choose = (key: string) => {
    if (key === moreKey) return onMore?.();
    onChange(key);
    close();
  };
  const move = (by: number) => {
    const at = current === undefined ? (by > 0 ? -1 : keys.length) : keys.indexOf(current);
    setActive(keys[Math.min(keys.length - 1, Math.max(0, at + by))]);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      if (!isOpen) return open();
      move(event.key === 'ArrowDown' ? 1 : -1);
    } else if (event.key === 'Enter') {
      // Enter takes an option here; it does not send the form.
      event.preventDefault();
      if (isOpen && current !== undefined) choose(current);
      else open();
    } else if (event.key === 'Escape' && isOpen) {
      event.preventDefault();
      event.stopPropagation();
      close();
    }
  };

  const renderOption = ({ key, text, icon, note }: ComboboxOption) => (
    <button
      key={key}
      id={idOf(key)}
      type="button"
      role="option"
      tabIndex={-1}
      aria-selected={key === value}
      data-active={key === current}
      className={styles.option}
      // The input keeps the focus.
      onMouseDown={(event) => event.preventDefault()}
      onClick={() => choose(key)}
    >
      {icon}
      <span className={key === value ? `${styles.text} ${styles.chosen}` : styles.text}>{text}</span>
      {note !== undefined && <span className={styles.note}>{note}</span>}
      {key === value && <Icon iconName="CheckMark" aria-hidden />}
    </button>
  );

  return (
    <div ref={field} className={styles.field}>
      <TextField
        label={label}
        required={isRequired}
        disabled={isDisabled}
        autoFocus={hasFocusFirst}
        placeholder={placeholder}
        autoComplete="off"
        spellCheck={false}
        styles={{ subComponentStyles: { label: { root: { fontWeight: FontWeights.regular } } } }}
        iconProps={{ iconName: 'ChevronDown' }}
        errorMessage={errorMessage}
        value={isTyped ? search : valueText}
        componentRef={(component) => inputRef?.(component)}
        role="combobox"
        aria-autocomplete="list"
        aria-expanded={isOpen}
        aria-controls={isOpen ? listId : undefined}
        aria-activedescendant={isOpen && current !== undefined ? idOf(current) : undefined}
        onClick={open}
        onFocus={(event) => event.target.select()}
        onChange={(_, text = '') => {
          setIsTyped(true);
          setActive(undefined);
          onSearch(text);
          setIsOpen(true);
        }}
        onKeyDown={onKeyDown}
        onBlur={() => {
          close();
          onBlur?.();
        }}
      />
      {isOpen && (
        <Callout
          target={field}
          role="presentation"
          isBeakVisible={false}
          gapSpace={2}
          directionalHint={DirectionalHint.bottomLeftEdge}
          directionalHintFixed={false}
          calloutWidth={field.current?.offsetWidth || undefined}
          calloutMaxHeight={calloutMaxHeight}
          onDismiss={close}
          preventDismissOnScroll
          preventDismissOnResize
        >
          <div id={listId} role="listbox" aria-label={label} className={styles.list}>
            {groups
              .filter((group) => group.options.length > 0)
              .map((group) =>
                group.title === undefined ? (
                  group.options.map(renderOption)
                ) : (
                  <fieldset key={group.key} className={styles.group} aria-label={group.title}>
                    <div aria-hidden className={styles.title}>
                      {group.title}
                    </div>
                    {group.options.map(renderOption)}
                  </fieldset>
                ),
              )}
            {onMore !== undefined && renderOption({ key: moreKey, text: 'Show more' })}
          </div>
          <div role="status">
            {options.length === 0 && <div className={styles.none}>{isLoading ? 'Loading …' : none}</div>}
          </div>
        </Callout>
      )}
    </div>
  );
};
