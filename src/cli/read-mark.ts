import { readFileSync } from 'node:fs';
import { InvalidArgumentError } from 'commander';
import { markShapeSchema, type MarkShape } from '#shared/marks/mark-shape.ts';

const forms = 'rectangle:LEFT,TOP,WIDTH,HEIGHT, ellipse:LEFT,TOP,WIDTH,HEIGHT, polygon:X,Y,X,Y,... or a JSON file';

/** A mark as a user writes it, in pixels of the picture. */
export function readMark(text: string): MarkShape {
  const shape = markShapeSchema.safeParse(text.toLowerCase().endsWith('.json') ? loadJson(text) : parseMark(text));
  if (shape.success) return shape.data;
  throw new InvalidArgumentError(`It must be ${forms}, in pixels of the picture.`);
}

function parseMark(text: string): unknown {
  const [form = '', list = ''] = text.split(':');
  const numbers = list.split(',').map((part) => (part.trim() === '' ? NaN : Number(part)));
  if (form !== 'polygon') {
    const [left, top, width, height, ...more] = numbers;
    return more.length > 0 ? undefined : { form, left, top, width, height };
  }
  const points = Array.from({ length: Math.ceil(numbers.length / 2) }, (_, at) => numbers.slice(2 * at, 2 * at + 2));
  return { form, points };
}

function loadJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    throw new InvalidArgumentError(`"${file}" cannot be read as JSON.`);
  }
}
