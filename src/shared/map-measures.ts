/** How alike two maps of a picture are: what the workbench measures, and what each number means (docs/robustness.md). */
export const mapMeasureTexts = {
  spearman: {
    title: 'Spearman',
    definition:
      'Rank correlation of the two maps, averaged over 28 × 28 cells, where both show the same place: 1 is the same order of cells, 0 none, −1 the opposite.',
  },
  ssim: {
    title: 'SSIM',
    definition:
      'Structural similarity in Gaussian windows of 11 × 11 pixels, both maps on one range; 1 is the same map. Maps that are zero nearly everywhere are alike by it.',
  },
  topOverlap: {
    title: 'Top 5%',
    definition:
      'Overlap (intersection over union) of the 5% of pixels of highest relevance: 1 is the same pixels, 0 none.',
  },
  cosine: {
    title: 'Cosine',
    definition: 'Cosine between the two maps as lists of pixels: 1 is the same direction, 0 none in common.',
  },
  signFlips: {
    title: 'Sign flips',
    definition:
      'Share of relevance that lies where one map speaks for the class and the other against it: 0 nowhere, 1 everywhere.',
  },
} as const;

export type MapMeasureName = keyof typeof mapMeasureTexts;

export const mapMeasureOrder = Object.keys(mapMeasureTexts) as readonly MapMeasureName[];

export const driftDefinition =
  'Drift: how far the probability of the explained class moved from that of the unchanged picture.';
