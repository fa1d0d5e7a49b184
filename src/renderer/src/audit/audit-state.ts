import { create } from 'zustand';
import { changed } from '../ui/changed.ts';
import type { LedgerOrder } from '#shared/contract/audit.ts';
import { keepInSession } from '../shell/session.ts';

export type AuditTab = 'ledger' | 'tests' | 'findings';

/** What of the audit is looked at. */
interface AuditState {
  readonly tab: AuditTab;
  /** The audit stands beside the picture that is read. */
  readonly isBeside: boolean;
  readonly previews: boolean;
  /** The region chosen last; holds from picture to picture. */
  readonly subject: string | undefined;
  /** The region of single pictures, by their ids: of a ledger's queue, or a selected mark. */
  readonly ofSample: Readonly<Record<number, string>>;
  /** Whose view of the picture outlines are drawn on. */
  readonly model: number | undefined;
  /** The test that runs for the window. */
  readonly job: number | undefined;
  readonly region: string | undefined;
  readonly order: LedgerOrder;
  readonly ascending: boolean;
  readonly byGroup: boolean;
  /** The run whose numbers are shown. */
  readonly run: number | undefined;
  /** The region and model whose cases are shown as they come. */
  readonly live: { readonly subject: string; readonly model: number } | undefined;
  readonly change: (part: Partial<Omit<AuditState, 'change'>>) => void;
}

export const useAudit = create<AuditState>((set) => ({
  ...{ tab: 'ledger', isBeside: false, previews: false, subject: undefined, ofSample: {} },
  ...{ model: undefined, job: undefined, region: undefined, order: 'excess', ascending: false, byGroup: false },
  ...{ run: undefined, live: undefined },
  change: (part) => {
    set(changed(part));
  },
}));

keepInSession('audit', useAudit, ({ tab, isBeside, subject, region, order, ascending, byGroup }) => ({
  ...{ tab, isBeside, subject, region, order, ascending, byGroup },
}));

export function chooseSubject(sample: number, subject: string): void {
  const { change, ofSample } = useAudit.getState();
  change({ subject, ofSample: { ...ofSample, [sample]: subject } });
}
