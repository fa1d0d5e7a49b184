/**
 * The process that computes: `engine-process.ts [threads]`, started by engine-connection.ts. It answers calls one at a time,
 * in the order they come, and ends when its host does.
 */
import { LightboxError } from '#shared/errors.ts';
import { defaultThreadCount } from '#core/runtime/index.ts';
import type { CallMessage, CallName, Calls, ReplyMessage } from './calls.ts';
import { describeModel } from './describe-model.ts';
import { measureMemory } from './memory.ts';
import { OpenModels } from './open-models.ts';
import { runConditions } from './run-conditions.ts';
import { attribute, predict } from './run-model.ts';

type Handlers = {
  readonly [Name in CallName]: (argument: Calls[Name]['argument']) => Promise<Calls[Name]['result']>;
};

const models = new OpenModels(Number(process.argv[2] ?? defaultThreadCount()));

const handlers: Handlers = {
  open: ({ handle, request }) => models.open(handle, request),
  predict: ({ handle, images }) => predict(models.get(handle), images),
  attribute: (call) => attribute(models.get(call.handle), call),
  condition: (call) => runConditions(models.get(call.handle), call),
  describe: describeModel,
  release: ({ handle }) => models.close(handle),
  memory: () => measureMemory(),
};

async function answer({ id, name, argument }: CallMessage): Promise<ReplyMessage> {
  try {
    const handle = handlers[name] as (argument: Calls[CallName]['argument']) => Promise<Calls[CallName]['result']>;
    return { id, result: await handle(argument) };
  } catch (error) {
    return { id, error: LightboxError.from(error).toRecord() };
  }
}

let last: Promise<unknown> = Promise.resolve();
process.on('message', (message: CallMessage) => {
  last = last.then(async () => process.send?.(await answer(message)));
});
process.on('disconnect', () => {
  process.exit();
});
// Ctrl-C in a terminal reaches every process there; the host decides what it means.
process.on('SIGINT', () => undefined);
