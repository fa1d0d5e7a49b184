import { useActions } from '../actions/use-actions.ts';
import { useChoices } from '../choices.ts';
import { useRooms } from '../rooms.ts';
import { useAudit, type AuditTab } from './audit-state.ts';
import { auditWords as words } from './audit-words.ts';

/** Beside the picture that is read, or in place of the gallery. */
export function toggleAudit(): void {
  const { isBeside, change } = useAudit.getState();
  const { room, go } = useRooms.getState();
  if (useChoices.getState().open === undefined) go(room === 'audit' ? 'gallery' : 'audit');
  else change({ isBeside: !isBeside });
}

function show(tab: AuditTab): void {
  useAudit.getState().change({ tab });
  useRooms.getState().go('audit');
  useChoices.getState().read(undefined);
}

/** What of the audit can be reached from anywhere. */
export function useAuditActions(): void {
  useActions([
    { id: 'audit.toggle', title: words.title, scope: 'Everywhere', keys: ['Q'], run: toggleAudit },
    ...(['ledger', 'tests', 'findings'] as const).map((tab) => ({
      ...{ id: `audit.${tab}`, title: `${words.title}: ${words.tabs[tab]}`, scope: 'Everywhere' as const, keys: [] },
      run: () => {
        show(tab);
      },
    })),
  ]);
}
