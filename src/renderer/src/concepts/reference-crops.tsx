import type { JSX } from 'react';
import { dataAddress } from '#shared/contract/contract.ts';
import type { References } from '#shared/contract/concepts.ts';
import type { Explaining } from '../explain/use-explaining.ts';
import { useReferences, type ConceptsView } from './use-concepts.ts';

interface CropsProps {
  readonly explaining: Explaining;
  readonly view: ConceptsView;
}

/** What a concept stands for: the parts of other pictures on which it carries most. */
export function ReferenceCrops({ explaining, view }: CropsProps): JSX.Element {
  const { references, fault } = useReferences(explaining, view);
  return (
    <div className="references" role="group" aria-label="Reference samples" data-testid="references">
      {fault !== undefined && <span className="fault">{fault}</span>}
      {references?.samples.map((sample) => (
        <Crop key={sample.id} {...sample} />
      ))}
      {references?.samples.length === 0 && <p>{explainNone(references)}</p>}
    </div>
  );
}

function explainNone({ read }: References): string {
  if (read > 0)
    return 'No picture of the dataset shows this concept: all of them were explained from a negative logit.';
  return 'No picture of this dataset was read for this layer yet, so there is nothing to show what the concept stands for. Read it once: lightbox reference --dataset NAME --model FILE.';
}

const side = 112;

function Crop({ id, label, share, box, width, height }: References['samples'][number]): JSX.Element {
  const scale = side / Math.max(box.width, box.height);
  const left = (side - box.width * scale) / 2 - box.left * scale;
  const top = (side - box.height * scale) / 2 - box.top * scale;
  return (
    <figure className="reference">
      <div className="crop">
        <img
          src={dataAddress.picture(id)}
          alt={`part of a picture of ${label === '' ? 'no class' : label}`}
          style={{ left, top, width: width * scale, height: height * scale }}
        />
      </div>
      <figcaption>
        {label} {(100 * share).toFixed(0)}%
      </figcaption>
    </figure>
  );
}
