import { useEffect } from 'react';
import type { Bridge, BridgeEvent, MenuAction } from '#shared/desktop/bridge.ts';
import { listActions, watchActions } from '../actions/use-actions.ts';
import { useChoices } from '../choices.ts';
import { useOpening } from '../opening/opening-state.ts';
import { tell, tellFault } from '../shell/notices.ts';
import { useShell } from '../shell/shell-state.ts';
import { bridge } from './bridge.ts';

const MENU_DELAY_MS = 200;
const longestMenu = 400;

/** What the desktop window says to the page, and what its menu shows; nothing in a browser. */
export function useDesktop(): void {
  useEffect(() => {
    if (!bridge) return undefined;
    const stopListening = bridge.subscribe(hear);
    const stopShowing = showMenu(bridge);
    void bridge.request({ kind: 'ready' });
    return () => {
      stopListening();
      stopShowing();
    };
  }, []);
}

function hear(event: BridgeEvent): void {
  if (event.kind === 'action') {
    listActions()
      .find(({ id }) => id === event.id)
      ?.run();
  } else if (event.kind === 'folder') {
    useChoices.getState().read(undefined);
    useOpening.getState().look(event.path);
    useShell.getState().show('open');
  } else if (event.kind === 'study') {
    useOpening.getState().bring(event.path);
    useShell.getState().show('study');
  } else if (event.kind === 'notice') (event.isFault ? tellFault : tell)(event.text);
}

/** The menu follows the table of actions, a moment later. */
function showMenu({ request }: Bridge): () => void {
  let timer: number | undefined;
  const show = (): void => {
    timer = undefined;
    void request({ kind: 'menu', actions: listActions().slice(0, longestMenu).map(toMenuAction) });
  };
  const stop = watchActions(() => {
    timer ??= window.setTimeout(show, MENU_DELAY_MS);
  });
  return () => {
    window.clearTimeout(timer);
    stop();
  };
}

function toMenuAction({ id, title, scope, keys }: MenuAction | ReturnType<typeof listActions>[number]): MenuAction {
  return { id, title, scope, keys: [...keys] };
}
