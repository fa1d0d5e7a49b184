/** The messages between a host and its engine process. */
import type { ErrorRecord } from '#shared/errors.ts';
import type { Composite } from '#core/relevance/index.ts';
import type { Condition, Conditioned } from './condition.ts';
import type {
  Attribution,
  ChannelMask,
  EngineMemory,
  InitialRelevance,
  ModelDescription,
  OpenedModel,
  OpenRequest,
  Prediction,
} from './requests.ts';

/** One batch: whole rows, small enough to be computed together. */
export interface AttributeCall {
  readonly handle: number;
  readonly images: Float32Array;
  readonly targets: readonly number[];
  readonly initial: InitialRelevance;
  readonly masks: readonly ChannelMask[];
  readonly regions: Float32Array | undefined;
}

/** Conditions on one picture, few enough to be computed together. */
export interface ConditionCall {
  readonly handle: number;
  readonly image: Float32Array;
  readonly target: number;
  readonly initial: InitialRelevance;
  readonly conditions: readonly Condition[];
  readonly regions: Float32Array | undefined;
}

export interface Calls {
  readonly open: {
    readonly argument: { readonly handle: number; readonly request: OpenRequest };
    readonly result: OpenedModel;
  };
  readonly predict: {
    readonly argument: { readonly handle: number; readonly images: Float32Array };
    readonly result: Prediction;
  };
  readonly attribute: { readonly argument: AttributeCall; readonly result: Attribution };
  readonly condition: { readonly argument: ConditionCall; readonly result: Conditioned };
  readonly describe: {
    readonly argument: { readonly modelPath: string; readonly composites: readonly Composite[] };
    readonly result: ModelDescription;
  };
  readonly release: { readonly argument: { readonly handle: number }; readonly result: undefined };
  readonly memory: { readonly argument: undefined; readonly result: EngineMemory };
}

export type CallName = keyof Calls;

export interface CallMessage<Name extends CallName = CallName> {
  readonly id: number;
  readonly name: Name;
  readonly argument: Calls[Name]['argument'];
}

export type ReplyMessage =
  | { readonly id: number; readonly result: Calls[CallName]['result'] }
  | { readonly id: number; readonly error: ErrorRecord };
