import { writeFile } from 'node:fs/promises';
import type { FigureRequest, VerifyReport, VerifyRequest } from '#core/workbench/index.ts';
import { createStudy, drawNoise, labels, writeModel, type Study } from './small-study.ts';

/** A study with two pictures beside a dataset, two models, and how figures of them are asked for and verified. */
export interface FigureStudy extends Study {
  readonly pictures: readonly string[];
  readonly models: { readonly usual: string; readonly other: string };
  /** A figure of composites in the folder `out`, unless more says otherwise. */
  composites(out: string, more?: object): FigureRequest;
  verify(file: string, more?: Partial<VerifyRequest>): Promise<VerifyReport>;
}

export async function createFigureStudy(): Promise<FigureStudy> {
  const study = await createStudy();
  const seeds = [101, 102];
  const pictures = seeds.map((seed) => study.at(`Doe-Jane-${seed}.png`));
  for (const [at, picture] of pictures.entries()) await writeFile(picture, await drawNoise(seeds[at] ?? 0));
  const files = labels.flatMap((label, at) =>
    [0, 1].map((one) => [`${label}/Doe-${at}-${one}.png`, 10 * at + one] as const),
  );
  await study.write('films', Object.fromEntries(files));
  await study.import('films', { name: 'films', profile: 'none' });
  const usual = await writeModel(study.at('network.onnx'));
  const models = { usual, other: await writeModel(study.at('other.onnx'), labels, 4) };
  return {
    ...{ ...study, pictures, models },
    composites: (out, more = {}) => ({
      ...{ kind: 'composites', pictures, modelPaths: [usual], composites: ['EpsilonPlusFlat', 'EpsilonAlpha2Beta1'] },
      ...{ provider: 'cpu', outputFile: study.at('out', out), ...more },
    }),
    verify: (file, more = {}) =>
      study.workbench.verifyFigure({
        ...{ file: study.at('out', file), folders: [study.folder], modelPaths: [usual], ...more },
      }),
  };
}
