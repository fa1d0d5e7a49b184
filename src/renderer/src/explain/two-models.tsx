import { useMemo, type JSX } from 'react';
import { useExplain, type ScaleChoice } from './explain-state.ts';
import type { LayoutProps } from './layout-props.ts';
import { describeScale, findOneScale, toEvidence, toShares } from './map-scale.ts';
import { nameTarget } from './target-name.ts';
import type { Explanation } from './explanation.ts';
import { useExplanation } from './use-explanation.ts';
import { useSteady } from './use-steady.ts';
import type { Subject } from './use-explaining.ts';
import { Viewport } from './viewport.tsx';

/** One model | another | what the first has more than the second, for the same class and composite. */
export function TwoModels({ explaining, explanation }: LayoutProps): JSX.Element {
  const { sample, subject, second, composite } = explaining;
  const other = useExplanation({ sample, subject: second, composite, isSeen: true });
  const { difference: isShown, scale } = useExplain();
  const [first, beside] = useScaled(scale, explanation, other);
  const difference = useMemo(() => findDifference(first, beside), [first, beside]);
  const scaled = [first, beside, ...(isShown && typeof difference === 'object' ? [difference] : [])];
  const range = findOneScale(scale, scaled);
  return (
    <div className={isShown ? 'viewports three' : 'viewports two'}>
      <Viewport
        name="first"
        {...{ sample, explanation: first, range }}
        caption={`A: ${subject.model.name}`}
        note={describeSubject(subject)}
      />
      <Viewport
        name="second"
        {...{ sample, range }}
        explanation={second && beside}
        caption={second ? `B: ${second.model.name}` : 'B'}
        note={second ? describeSubject(second) : 'There is no other model with this class in the catalog.'}
      />
      {isShown && (
        <Viewport
          name="difference"
          {...{ sample, range }}
          explanation={typeof difference === 'object' ? difference : undefined}
          caption="A − B"
          isDerived
          note={
            typeof difference === 'string'
              ? difference
              : `${describeScale(scale, range)} Orange: more in A, blue: more in B.`
          }
        />
      )}
    </div>
  );
}

function useScaled(
  scale: ScaleChoice,
  ...explanations: readonly [Explanation, Explanation]
): readonly [Explanation, Explanation] {
  const [left, right] = useSteady(explanations);
  return useMemo(() => (scale === 'shares' ? [toShares(left), toShares(right)] : [left, right]), [scale, left, right]);
}

function describeSubject(subject: Subject): string {
  const { prediction, target } = subject;
  const share = typeof target === 'number' ? prediction?.probabilities[target] : undefined;
  return `${nameTarget(subject)}${share === undefined ? '' : ` ${(100 * share).toFixed(0)}%`}`;
}

/** The difference, or why there is none. */
function findDifference(left: Explanation, right: Explanation): Explanation | string {
  const [a, b] = [toEvidence(left), toEvidence(right)];
  if (!a || !b || !left.attribution || !right.attribution) return 'Comes when both maps are here.';
  const sees = ({ attribution, map }: Explanation): string =>
    JSON.stringify([attribution?.region, map?.width, map?.height]);
  if (sees(left) !== sees(right))
    return 'The two models see different parts of the picture, or at different sizes; their maps cannot be subtracted pixel by pixel.';
  return {
    ...left,
    map: { ...a, values: a.values.map((value, pixel) => value - (b.values[pixel] ?? 0)) },
    attribution: { ...left.attribution, arraySha256: `${left.attribution.arraySha256} difference`, turned: false },
  };
}
