import type { FigureProvenance } from '#core/figures/index.ts';
import { describeColors } from '#shared/relevance-words.ts';
import type { ModelRecord } from '../model-file.ts';
import { titleOfModel } from './title-of-model.ts';
import type { ComputedPanel } from './computed-panel.ts';
import type { FigureLookChoice, MapsRecipe } from './figure-recipe.ts';
import { cutBelow, type FigureScale } from './scale-maps.ts';

const titles: Readonly<Record<MapsRecipe['kind'], string>> = {
  composites: 'Relevance by composite',
  augmentations: 'Relevance when the picture changes',
  concepts: 'Relevance and the concepts that carry it',
};

/** On paper a figure has a title only where one is given: its caption stands below it. */
export function titleOf({ kind, look }: MapsRecipe): string {
  return look.title ?? (look.widthMm === undefined ? titles[kind] : '');
}

const scales: Readonly<Record<FigureLookChoice['scale'], string>> = {
  map: 'Each map has its own scale: colors show where, not how much, and do not compare between maps.',
  row: 'The maps of a row share one scale; its ends stand beside the row\u2019s name.',
  all: 'All maps share one scale.',
};

/** How to read the colors, in sentences: whose scale, what they say, what was left out. */
export function describeReading(recipe: MapsRecipe, panels: readonly ComputedPanel[], scale: FigureScale): string {
  const { look, kind } = recipe;
  const classes = new Set(panels.flatMap(({ cases }) => cases.map(({ target }) => target.label)));
  const [label = ''] = classes.size === 1 ? classes : ['the class named above'];
  const gradients = new Set(panels.flatMap(gradientRows));
  const isPlain = look.colorMap === undefined && scale.isSigned;
  const turned = panels.some(({ cases }) => cases.some(({ maps }) => maps.some((map) => map?.turned)));
  return [
    isPlain ? describeColors('evidence', label) : `Colors of ${scale.colorMap.name}, from the low end to the high.`,
    look.range ? 'Colors have a fixed scale; stronger values have the color of the end.' : scales[look.scale],
    look.threshold > 0 ? `Relevance below ${formatShare(look.threshold)} of the end is not shown.` : '',
    turned ? 'Where a logit is negative the composite gives the opposite sign, and the map is shown turned.' : '',
    gradients.size > 0 ? `${[...gradients].join(', ')}: what brighter pixels would do to the class.` : '',
    kind === 'concepts'
      ? 'CRP: what passes the channel of the layer that carries most relevance; below it the channel and its share of the layer.'
      : '',
  ]
    .filter((sentence) => sentence !== '')
    .join(' ');
}

const gradientRows = ({ rows, cases }: ComputedPanel): readonly string[] =>
  rows.filter((_, row) => cases.some(({ maps }) => maps[row]?.isGradient));

const formatShare = (share: number): string => `${Number((100 * share).toFixed(1))}%`;

/** Every number that stands behind the pixels, by panel, case and row. */
export function listNumbers(
  panels: readonly ComputedPanel[],
  scale: FigureScale,
  { threshold }: FigureLookChoice,
): object {
  return {
    panels: panels.map(({ heading, rows, cases }, panel) => ({
      heading,
      cases: cases.map(({ target, predicted, maps }) => ({
        ...{ target: target.label, logit: target.logit, probability: target.probability, predicted: predicted.label },
        maps: maps.map((map, row) => {
          if (!map) return null;
          const range = scale.rangeOf({ panel, row, values: map.values });
          const shown = cutBelow(map.values, threshold, range);
          return {
            ...{ row: rows[row], range, sum: sumOf(map.values), turned: map.turned },
            ...{ pixelsShown: shown.reduce((count, value) => count + (value === 0 ? 0 : 1), 0) },
            ...(map.concept && { concept: map.concept }),
          };
        }),
      })),
    })),
  };
}

const sumOf = (values: Float32Array): number => values.reduce((sum, value) => sum + value, 0);

/** Models in the order of the panels, each once. */
export function describeModels(records: readonly ModelRecord[]): Pick<FigureProvenance, 'models'> {
  const models = new Map(records.map((record) => [record.sha256, record]));
  return { models: [...models.values()].map((record) => ({ title: titleOfModel(record), sha256: record.sha256 })) };
}
