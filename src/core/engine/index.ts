/** The engine's port: what a host may touch. The engine process itself is never imported. */
export { createEngine } from './port.ts';
export type { Engine, EngineOptions } from './engine.ts';
export { joinFloats, type ConceptReading } from './concept-reading.ts';
export {
  keepChannels,
  type Condition,
  type Conditioned,
  type ConditionRequest,
  type LayerCondition,
} from './condition.ts';
export type {
  AttributeRequest,
  Attribution,
  ChannelMask,
  EngineMemory,
  InitialRelevance,
  LayerSummary,
  ModelDescription,
  NetworkSummary,
  OpenedModel,
  OpenRequest,
  Prediction,
  PredictRequest,
  RunOptions,
  Tap,
} from './requests.ts';
