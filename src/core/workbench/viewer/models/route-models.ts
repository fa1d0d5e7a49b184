import { implement, type Router } from '@orpc/server';
import { contract } from '#shared/contract/contract.ts';
import { answering } from '../answering.ts';
import type { ViewerPlace } from '../viewer-place.ts';
import { addModel } from './add-model.ts';
import { checkInput } from './check-input.ts';
import { describeModelFor } from './describe-model-for.ts';
import { evaluatePredictions } from './evaluate-predictions.ts';
import { listModels } from './list-models.ts';

/** What the models panel asks. */
export function routeModels(place: ViewerPlace): Router<(typeof contract)['models'], object> {
  const { models } = implement(contract);
  return {
    list: models.list.handler(() => answering(() => listModels(place))),
    describe: models.describe.handler(({ input }) => answering(() => describeModelFor(place.read(), input.id))),
    add: models.add.handler(({ input, signal }) => answering(() => addModel(place, input.path, { signal }))),
    checkInput: models.checkInput.handler(({ input }) => answering(() => checkInput(place.read(), input))),
    evaluate: models.evaluate.handler(({ input }) => answering(() => evaluatePredictions(place.read(), input))),
  };
}
