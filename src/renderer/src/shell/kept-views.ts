/** What of the views is kept from one session to the next, beside what the shell's own stores keep themselves. */
import { useExplain } from '../explain/explain-state.ts';
import { useOverlayLooks } from '../reading/overlay/overlay-look.ts';
import { useView } from '../reading/view-state.ts';
import { keepInSession } from './session.ts';

const isNoFunction = ([, value]: [string, unknown]): boolean => typeof value !== 'function';

/** How pictures are looked at: everything that is no function. */
keepInSession('view', useView, (view) => Object.fromEntries(Object.entries(view).filter(isNoFunction)));

/** What is asked of every picture; not what was asked just now. */
keepInSession('explain', useExplain, (state) =>
  Object.fromEntries(
    Object.entries(state)
      .filter(isNoFunction)
      .filter(([name]) => name !== 'pixelsWanted'),
  ),
);

keepInSession('looks', useOverlayLooks, ({ looks }) => ({ looks }));
