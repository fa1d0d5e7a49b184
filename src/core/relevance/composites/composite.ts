import type { LayerType } from '../network/network.ts';
import type { Rule } from '../rules/rule.ts';

/**
 * The choice of a rule for each layer. The first entry that fits decides, in this order: by layer name, the first layer, by
 * layer type. What no entry fits gets the plain gradient.
 */
export interface Composite {
  readonly name: string;
  /** For the first layer, in graph order, of one of these types. */
  readonly first: Partial<Readonly<Record<LayerType, Rule>>>;
  readonly byType: Partial<Readonly<Record<LayerType, Rule>>>;
  /** Layer names; * stands for any characters. */
  readonly byName: readonly { readonly pattern: string; readonly rule: Rule }[];
}
