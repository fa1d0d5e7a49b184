import { skipToken, useQuery } from '@tanstack/react-query';
import { useEffect, useRef, type JSX } from 'react';
import { dataAddress } from '#shared/contract/contract.ts';
import type { ModelInputView } from '#shared/contract/pictures.ts';
import { encodePicture } from '../film/grey-codes.ts';
import { computeGreyTable, renderBox } from '../film/grey-table.ts';
import { loadSamples } from '../film/load-picture.ts';
import { rangeWindow } from '../film/window-presets.ts';

interface ModelInputProps {
  readonly sample: number;
  readonly input: ModelInputView;
}

/** The picture as the model was given it: at the model's size, whole grey range, no window and no inversion of the reader's. */
export function ModelInputCanvas({ sample, input }: ModelInputProps): JSX.Element {
  const canvas = useRef<HTMLCanvasElement>(null);
  const { data, error } = useQuery({
    queryKey: ['model-input', sample, input.setup],
    queryFn: sample < 0 ? skipToken : ({ signal }) => loadSamples(dataAddress.modelInput(sample, input.setup), signal),
    staleTime: Infinity,
    structuralSharing: false,
  });
  useEffect(() => {
    if (!canvas.current || !data) return;
    const white = data.values instanceof Uint8Array ? 255 : 65_535;
    const picture = encodePicture(data);
    const table = computeGreyTable(picture, { window: rangeWindow(0, white), isTurned: false });
    canvas.current.width = data.width;
    canvas.current.height = data.height;
    const whole = { left: 0, top: 0, width: data.width, height: data.height };
    canvas.current.getContext('2d')?.putImageData(renderBox(picture, whole, table), 0, 0);
  }, [data]);
  if (error) return <p className="fault">{error.message}</p>;
  return <canvas ref={canvas} data-testid="model-input" style={{ ...input.region }} />;
}

/** `The model sees 1 pixel per 13.4 × 13.4 of the picture (224 × 224 in all).` */
export function describeScale({ width, height, region }: ModelInputView): string {
  const [x = 1, y = 1] = [region.width / width, region.height / height].map((ratio) => Number(ratio.toPrecision(3)));
  return `The model sees 1 pixel per ${x} × ${y} of the picture (${width} × ${height} in all).`;
}
