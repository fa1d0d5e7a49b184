import { sizeOfMask, type ClassEffect, type RegionMask } from '#core/audit/index.ts';
import { readPrediction } from '../prediction.ts';
import type { CaseRecord, ClassRecord, RegionTestRecord } from './mark-test-request.ts';
import type { RegionTest } from './test-region.ts';

/** What came of a test, in the form that is saved. */
export function describeRegionTest(
  test: RegionTest,
  { labels, region }: { readonly labels: readonly string[]; readonly region: RegionMask },
): CaseRecord {
  const { classes: answered } = readPrediction(test.logits, labels);
  const classes = answered.map(({ label, logit, probability, index }): ClassRecord => {
    const judged = test.classes[index];
    return {
      ...{ label, logit, probability },
      positiveShare: test.positiveShares[index] ?? null,
      ...{ share: judged?.share ?? null, enrichment: judged?.enrichment ?? null },
      ...{ effects: judged?.effects ?? [], verdict: judged?.verdict ?? 'inconclusive' },
    };
  });
  const area = region.coverage.reduce((sum, share) => sum + share, 0);
  return {
    verdict: test.verdict,
    sentence: writeSentence(test.verdict, classes),
    areaShare: area / region.coverage.length,
    removedPixels: sizeOfMask(test.removed),
    controls: {
      count: test.controls.masks.length,
      tolerance: test.controls.tolerance ?? null,
      kind: test.controls.kind,
    },
    classes,
  };
}

/** The verdict and the class it moves most, in one sentence. */
function writeSentence(verdict: RegionTestRecord['verdict'], classes: readonly ClassRecord[]): string {
  const lead = classes.toSorted((a, b) => Math.abs(netOf(b, 'logit')) - Math.abs(netOf(a, 'logit')))[0];
  if (!lead) return `Verdict: ${verdict}.`;
  const [logit, probability] = [netOf(lead, 'logit'), netOf(lead, 'probability')];
  const moves = `${logit >= 0 ? 'lowers' : 'raises'} ${lead.label}`;
  const shares = lead.enrichment === null ? '' : `; relevance is ${lead.enrichment.toFixed(1)} times as dense there`;
  return `Verdict: ${verdict}. Taking it away ${moves} by ${Math.abs(logit).toFixed(2)} logit (${signed(-probability)} probability) beyond matched controls${shares}.`;
}

export const netOf = ({ effects }: { readonly effects: readonly ClassEffect[] }, scale: ClassEffect['scale']): number =>
  effects.find((effect) => effect.scale === scale)?.net ?? 0;

const signed = (value: number): string => `${value < 0 ? '\u2212' : '+'}${Math.abs(value).toFixed(3)}`;
