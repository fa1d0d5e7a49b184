/** The engine's port: what a host may touch. The engine process itself is never imported. */
export { createEngine, type Engine, type EngineOptions } from './port.ts';
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
