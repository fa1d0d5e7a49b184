import { CloseButton, FocusTrap } from '@mantine/core';
import { useEffect, useLayoutEffect, useRef, type JSX, type KeyboardEvent, type ReactNode } from 'react';
import { words } from '../ui/words.ts';
import { useShell } from './shell-state.ts';
import './overlay.css';

/** A sheet that lies over the window for a moment. Escape, a click beside it and its cross take it away; the keyboard goes back to where it was. */
export function Overlay({ title, children }: { readonly title: string; readonly children: ReactNode }): JSX.Element {
  const lay = useShell((shell) => shell.lay);
  const before = useRef(document.activeElement);
  useEffect(() => {
    const { current } = before;
    return () => {
      if (current instanceof HTMLElement) current.focus();
    };
  }, []);
  const section = useRef<HTMLElement>(null);
  useLayoutEffect(() => {
    // The trap takes the keyboard a moment later, and what is typed in that moment would be shortcuts of what lies below.
    (section.current?.querySelector<HTMLElement>('[data-autofocus]') ?? section.current)?.focus();
  }, []);
  const away = (): void => {
    lay(undefined);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Escape') away();
    // Keys typed here mean nothing to what lies below.
    if (!event.ctrlKey && !event.metaKey) event.stopPropagation();
    if (event.key === 'Escape') event.preventDefault();
  };
  return (
    <div
      className="overlay-ground"
      onMouseDown={(event) => {
        if (event.target === event.currentTarget) away();
      }}
    >
      <FocusTrap active innerRef={section}>
        <section className="overlay" role="dialog" aria-modal aria-label={title} tabIndex={-1} onKeyDown={onKeyDown}>
          <header>
            <h2>{title}</h2>
            <CloseButton aria-label={words.close} onClick={away} />
          </header>
          {children}
        </section>
      </FocusTrap>
    </div>
  );
}
