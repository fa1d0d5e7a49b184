import type { JSX } from 'react';
import { dataAddress } from '#shared/contract/contract.ts';
import type { References } from '#shared/contract/concepts.ts';
import type { Explaining } from '../explain/use-explaining.ts';
import { ReadLayer } from './read-layer.tsx';
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
      {references?.samples.length === 0 && <NoReferences {...{ references, explaining, view }} />}
    </div>
  );
}

function NoReferences({ references, explaining, view }: CropsProps & { readonly references: References }): JSX.Element {
  if (references.read > 0)
    return <p>No picture of the dataset shows this concept: all of them were explained from a negative logit.</p>;
  return <ReadLayer {...{ explaining, view }} />;
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
