import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react';
import type { HeardSymbol } from './HeardSymbol';
import { SymbolOption } from './SymbolOption';
import { filterSymbols } from './symbolFilter';

interface Props {
  symbols: HeardSymbol[];
  chosen: string;
  onChoose: (symbol: string) => void;
}

/** A combobox over all symbols: type to search, arrows to move, Enter to choose, Escape to leave; "/" opens it from anywhere. */
export function SymbolPicker({ symbols, chosen, onChoose }: Props) {
  const [open, setOpen] = useState(false);
  const [typed, setTyped] = useState('');
  const [active, setActive] = useState(0);
  const id = useId();
  const root = useRef<HTMLDivElement>(null);
  const input = useRef<HTMLInputElement>(null);
  const found = filterSymbols(symbols, typed);
  const activeIndex = Math.min(active, found.length - 1);

  useEffect(() => {
    const onKey = (event: globalThis.KeyboardEvent) => {
      const target = event.target as HTMLElement;
      if (event.key !== '/' || event.ctrlKey || event.metaKey || target.closest('input, textarea, select')) return;
      event.preventDefault();
      input.current?.focus();
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, []);

  useEffect(() => {
    if (open) document.getElementById(`${id}-${activeIndex}`)?.scrollIntoView({ block: 'nearest' });
  }, [open, activeIndex, id]);

  const show = () => {
    setOpen(true);
    setTyped('');
    setActive(Math.max(0, symbols.findIndex((info) => info.symbol === chosen)));
  };
  const close = () => {
    setOpen(false);
    setTyped('');
  };
  const choose = (symbol: string | undefined) => {
    if (symbol === undefined) return;
    onChoose(symbol);
    close();
    input.current?.blur();
  };

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      if (!open) return show();
      const step = event.key === 'ArrowDown' ? 1 : -1;
      if (found.length > 0) setActive((activeIndex + step + found.length) % found.length);
    } else if (event.key === 'Enter' && open) {
      event.preventDefault();
      choose(found[activeIndex]?.symbol);
    } else if (event.key === 'Escape' && open) {
      event.preventDefault();
      close();
      input.current?.blur();
    }
  };

  return (
    <div className="picker" ref={root} onBlur={(event) => !root.current?.contains(event.relatedTarget) && close()}>
      <div className="picker-field">
        <input
          ref={input}
          role="combobox"
          aria-label="Symbol"
          aria-expanded={open}
          aria-controls={`${id}-list`}
          aria-autocomplete="list"
          aria-activedescendant={open && found.length > 0 ? `${id}-${activeIndex}` : undefined}
          autoComplete="off"
          spellCheck={false}
          value={open ? typed : chosen}
          placeholder={open ? 'Search symbols' : 'No symbol'}
          onFocus={show}
          onChange={(event) => {
            setTyped(event.target.value);
            setActive(0);
          }}
          onKeyDown={onKeyDown}
        />
        <kbd aria-hidden="true">/</kbd>
      </div>
      <div className="picker-list" id={`${id}-list`} role="listbox" aria-label="Symbols" hidden={!open}>
        {found.map((info, index) => (
          <div
            key={info.symbol}
            id={`${id}-${index}`}
            role="option"
            tabIndex={-1}
            aria-selected={info.symbol === chosen}
            data-active={index === activeIndex}
            onPointerDown={(event) => {
              event.preventDefault(); // The field keeps the focus, so that the list is still there for the click.
              choose(info.symbol);
            }}
            onPointerMove={() => setActive(index)}
          >
            {open && <SymbolOption info={info} />}
          </div>
        ))}
        {found.length === 0 && (
          <div className="picker-none" role="option" aria-selected={false} aria-disabled="true" tabIndex={-1}>
            No symbol matches “{typed}”
          </div>
        )}
      </div>
    </div>
  );
}
