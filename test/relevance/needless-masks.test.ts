import { afterAll, expect, it } from 'vitest';
import { compileAttribution, createComposite, type CompositeName } from '#core/relevance/index.ts';
import { architectures, narrowModel, NetworkFolder, type Architecture } from './narrow-networks.ts';

/** Where relevance is zero wherever a ReLU's output is, the ReLU's derivative is not computed. */

const folder = new NetworkFolder();
afterAll(() => {
  folder.remove();
});

/** Operators that say where values are positive; a max pool's, which say where they are largest, have 1 at zero. */
async function countMasks(arch: Architecture, name: CompositeName, blockSize: number): Promise<number> {
  const network = await folder.read(narrowModel(arch));
  const { graph } = compileAttribution(network, { composite: createComposite(name), blockSize }).content;
  return graph.nodes.filter(({ operator, attributes }) => {
    const beta = attributes.get('beta');
    return operator === 'Greater' || (operator === 'HardSigmoid' && beta?.kind === 'float' && beta.value === 0);
  }).length;
}

it.each(architectures.flatMap((arch) => [[arch, 1] as const, [arch, 8] as const]))(
  '%s, channel blocks of %d: GuidedBackprop asks where a ReLU let something through, ExcitationBackprop need not',
  async (arch, blockSize) => {
    expect(await countMasks(arch, 'ExcitationBackprop', blockSize)).toBe(0);
    expect(await countMasks(arch, 'GuidedBackprop', blockSize)).toBeGreaterThan(3);
  },
);
