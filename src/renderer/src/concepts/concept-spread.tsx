import type { JSX } from 'react';
import type { References } from '#shared/contract/concepts.ts';

type Spread = NonNullable<References['spread']>;

interface ConceptSpreadProps {
  readonly spread: Spread;
  /** Pictures. */
  readonly read: number;
  /** Share on the picture that is open. */
  readonly here: number | undefined;
}

/** What share of its layer a concept carries over the dataset: by class, and how often how much. */
export function ConceptSpread({ spread, read, here }: ConceptSpreadProps): JSX.Element {
  const most = Math.max(1e-9, ...spread.classes.map(({ mean }) => Math.abs(mean)));
  return (
    <>
      <h3>Over the {read.toLocaleString('en')} pictures read</h3>
      <p className="quiet">Its share of the layer, each picture explained for its own class.</p>
      <table className="concept-classes">
        <tbody>
          {spread.classes.map(({ label, count, mean }) => (
            <tr key={label}>
              <th scope="row">{label === '' ? 'no class' : label}</th>
              <td>
                <span
                  className={mean < 0 ? 'concept-bar against' : 'concept-bar'}
                  style={{ width: `${(100 * Math.abs(mean)) / most}%` }}
                />
              </td>
              <td>{showPercent(mean)}</td>
              <td className="quiet">{count.toLocaleString('en')}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <Histogram spread={spread} here={here} />
    </>
  );
}

const [width, height] = [240, 56];

function Histogram({ spread, here }: Pick<ConceptSpreadProps, 'spread' | 'here'>): JSX.Element {
  const { low, high, counts } = spread;
  const tallest = Math.max(1, ...counts);
  const bin = width / counts.length;
  const x = here === undefined ? undefined : Math.min(width, Math.max(0, ((here - low) / (high - low)) * width));
  const caption = `How many pictures have how much: from ${showPercent(low)} to ${showPercent(high)}${here === undefined ? '' : '; the line is this picture'}`;
  return (
    <figure className="concept-histogram">
      <svg viewBox={`0 0 ${width} ${height}`} role="img" aria-label={caption}>
        {counts.map((count, at) => {
          // A single picture is seen beside a thousand.
          const tall = count === 0 ? 0 : Math.max(1.5, (count / tallest) * height);
          return <rect key={at} x={at * bin + 0.5} y={height - tall} width={bin - 1} height={tall} />;
        })}
        {x !== undefined && <line x1={x} x2={x} y1={0} y2={height} />}
      </svg>
      <figcaption>{caption}</figcaption>
    </figure>
  );
}

const showPercent = (share: number): string => `${(100 * share).toFixed(1).replace('-', '\u2212')}%`;
