/**
 * What relevance above zero says of the explained class: evidence for it (LRP), or that brighter pixels would raise its logit
 * (gradients and their kin).
 */
export type RelevanceEffect = 'evidence' | 'gradient';

interface Words {
  readonly above: string;
  readonly zero: string;
  readonly below: string;
}

/** Behind them stands the class: `speaks for Normal`. */
export const relevanceWords: Readonly<Record<RelevanceEffect, Words>> = {
  evidence: { above: 'speaks for', zero: 'neither', below: 'speaks against' },
  gradient: { above: 'brighter raises', zero: 'neither', below: 'brighter lowers' },
};

/** A sentence on the two colors of a map, `Orange speaks for Normal, blue speaks against Normal.` */
export function describeColors(effect: RelevanceEffect, label: string): string {
  const { above, below } = relevanceWords[effect];
  return `Orange ${above} ${label}, blue ${below} ${label}.`;
}
