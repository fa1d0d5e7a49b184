import { afterAll, describe, expect, it } from 'vitest';
import { epsilonFrom, float32Sensitivity } from './float32-sensitivity.ts';
import { convolve } from './plain-convolution.ts';
import { blockSizes } from './run-attribution.ts';
import { ConvolutionFolder, difference, inFloat32, plainRelevanceOf, sampleOf, usual } from './two-convolutions.ts';

/** Samples in which a sum of terms of sizes up to 10 cancels to 4e-6 .. 1.4e-5, and Epsilon divides by what is left. */

const folder = new ConvolutionFolder();
afterAll(() => {
  folder.remove();
});
const layouts = await blockSizes();
const form = { ...usual, channels: [8, 32], size: [8, 8] } as const;

/** Chosen out of 6,198: plain float32 errs by 1.6e-5 to 2.1e-4. */
describe.each(['t12 ', 't355 ', 't2632 ', 't4730 ', 't4816 '])('sample %s', (name) => {
  const sample = sampleOf(form, 2, name);
  const single = inFloat32(sample);
  const exact = plainRelevanceOf('Epsilon', sample);
  const z = convolve(sample.layers[0], sample.x);

  it('float32 errs by what its convolution makes of z, and by nothing else', () => {
    const error = difference(plainRelevanceOf('Epsilon', single), exact);
    expect(error).toBeGreaterThan(1e-5);
    const singleZ = Float64Array.from(convolve(single.layers[0], single.x));
    expect(difference(epsilonFrom(singleZ, sample), exact) / error).toBeCloseTo(1, 1);
    expect(difference(epsilonFrom(Float32Array.from(z), single), exact)).toBeLessThan(1e-6);
  });

  it('rounding z itself does no harm', () => {
    expect(difference(epsilonFrom(Float64Array.from(Float32Array.from(z)), sample), exact)).toBeLessThan(1e-9);
  });

  it.each(layouts)('the compiled network errs within the sensitivity, channel block %i', async (blockSize) => {
    const [relevance] = await folder.run(sample, 'Epsilon', blockSize);
    expect(difference(relevance, exact)).toBeLessThan(float32Sensitivity(sample));
  });
});
