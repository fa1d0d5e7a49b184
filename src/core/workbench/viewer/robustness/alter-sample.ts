import { unchanged, type KeptVariant, type ReadonlyCatalog } from '#core/catalog/index.ts';
import { alterPlanes, computePlanes, decodePicture, isImpossible, type Altered } from '#core/imaging/index.ts';
import { readDefinition } from '../../robustness/kept-record.ts';
import { readInputRecipe } from '../picture-facts.ts';

/**
 * A kept variant's picture, made again: it depends on the sample and the definition alone. Undefined where the file is another picture by
 * now, or cannot be changed so. Throws `picture/...`.
 */
export async function alterSample(
  catalog: ReadonlyCatalog,
  row: KeptVariant,
  file: string,
): Promise<Altered | undefined> {
  const picture = await decodePicture(file);
  if (picture.sha256 !== row.contentSha256) return undefined;
  const planes = computePlanes(picture, readInputRecipe(catalog, row.setup));
  if (row.variant === unchanged) return { planes, drawn: {} };
  const variant = readDefinition(row);
  const outcome = variant && alterPlanes(planes, variant, picture.sha256);
  return outcome && !isImpossible(outcome) ? outcome : undefined;
}
