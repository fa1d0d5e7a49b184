/** The relevance compiler: a model and a composite in, an ONNX graph that computes relevance out. */
export { readNetwork } from './network/read-network.ts';
export type { InputSize } from './network/read-network.ts';
export type { Layer, LayerType, Network, Shape } from './network/network.ts';
export type { Rule, RuleName, Stabilizer } from './rules/rule.ts';
export { describeRule } from './rules/rule.ts';
export type { Composite } from './composites/composite.ts';
export { computeReceptiveField, type ReceptiveField } from './network/receptive-field.ts';
export { boundsAtFirstLayer, type Bounds } from './network/bounds.ts';
export { parseComposite } from './composites/composite-file.ts';
export { assignRules } from './composites/assign-rules.ts';
export { signMeaning, type SignMeaning } from './composites/sign-meaning.ts';
export {
  compositeNames,
  createComposite,
  defaultComposite,
  isCompositeName,
  type CompositeName,
  type CompositeParameters,
} from './composites/named-composites.ts';
export {
  compileAttribution,
  type AttributionGraph,
  type CompileOptions,
  type Tap,
} from './compile/compile-attribution.ts';
export type { ConceptOutputs, ConceptTap, RegionInput } from './compile/concept-taps.ts';
export type { ConditionPoint } from './compile/conditions.ts';
export type { Groups } from './compile/row-groups.ts';
export type { StartInputs, StartPoint } from './compile/start-points.ts';
