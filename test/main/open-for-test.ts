import { onTestFinished } from 'vitest';
import { openDesktop, toldTo, type DesktopRequest, type OpenedDesktop } from './open-desktop.ts';
import type { StandInWindow } from './stand-in-window.ts';

/** The application for as long as a test runs. */
export async function openForTest(request?: DesktopRequest): Promise<OpenedDesktop> {
  const opened = await openDesktop(request);
  onTestFinished(() => opened.close());
  return opened;
}

/** What the page says when it is there. */
export const listen = ({ electron, main }: OpenedDesktop): Promise<unknown> => electron.invoke(main, { kind: 'ready' });

/** The sentences a window was told, and whether the workbench answers. */
export const news = (window: StandInWindow): readonly string[] =>
  toldTo(window).map((event) =>
    event.kind === 'notice'
      ? event.text
      : event.kind === 'workbench'
        ? `${event.isThere}: ${event.sentence}`
        : event.kind,
  );
