import path from 'node:path';

/** One of the datasets that come with the workbench, and the networks that were made for it. */
export interface DemoSet {
  /** In the catalog. */
  readonly name: string;
  /** Below the demo's folder. */
  readonly folder: string;
  /** What was planted in the pictures that the biased networks were trained on. */
  readonly planted: { readonly artefact: string; readonly label: string };
  /** Their files, below the same folder. */
  readonly networks: readonly string[];
}

/** What comes with the workbench: synthetic pictures and small networks. models/README.md says how they were made. */
export const modelsFolder = path.resolve(import.meta.dirname, '..', '..', '..', '..', 'models');

export const demoSets: readonly DemoSet[] = [
  {
    name: 'demo-chest',
    folder: path.join('demo', 'chest'),
    planted: { artefact: 'L marker', label: 'Non-COVID' },
    networks: listNetworks('chest'),
  },
  {
    name: 'demo-skin',
    folder: path.join('demo', 'skin'),
    planted: { artefact: 'violet ink', label: 'malignant' },
    networks: listNetworks('skin'),
  },
];

/** The biased network of each architecture and its clean twin. */
function listNetworks(domain: string): readonly string[] {
  return ['vgg16', 'resnet50'].flatMap((architecture) =>
    ['biased', 'clean'].map((kind) => path.join('networks', `${domain}-${architecture}-${kind}.onnx`)),
  );
}
