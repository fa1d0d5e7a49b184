/** What of the views is kept from one session to the next, beside what the shell's own stores keep themselves. */
import { useView } from '../reading/view-state.ts';
import { keepInSession } from './session.ts';

/** How pictures are looked at: everything that is no function. */
keepInSession('view', useView, (view) =>
  Object.fromEntries(Object.entries(view).filter(([, value]) => typeof value !== 'function')),
);
