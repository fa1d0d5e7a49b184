import { describe, expect, it } from 'vitest';
import { contrastOf, createLook, inkOn, seriesStyle } from './figure-look.ts';

type Triple = readonly [number, number, number];
type Matrix = readonly [Triple, Triple, Triple];

/** Linear RGB as eyes without one kind of cone see it (Machado, Oliveira and Fernandes, 2009, severity 1). */
const eyes: Readonly<Record<string, Matrix>> = {
  common: [[1, 0, 0], [0, 1, 0], [0, 0, 1]],
  protanopia: [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]],
  deuteranopia: [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.01182, 0.04294, 0.968881]],
  tritanopia: [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.3039]],
}; // prettier-ignore

const multiply = (matrix: Matrix, [x, y, z]: Triple): Triple => {
  const row = ([a, b, c]: Triple): number => a * x + b * y + c * z;
  return [row(matrix[0]), row(matrix[1]), row(matrix[2])];
};

function linearOf(color: string): Triple {
  const channel = (at: number): number => {
    const value = parseInt(color.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  };
  return [channel(1), channel(3), channel(5)];
}

/** Oklab (Ottosson, 2020): distances are about as eyes judge them; black to white is 1. */
function oklabOf(linear: Triple): Triple {
  const [l, m, s] = multiply(
    [[0.4122214708, 0.5363325363, 0.0514459929], [0.2119034982, 0.6806995451, 0.1073969566], [0.0883024619, 0.2817188376, 0.6299787005]], // prettier-ignore
    linear,
  );
  return multiply(
    [[0.2104542553, 0.793617785, -0.0040720468], [1.9779984951, -2.428592205, 0.4505937099], [0.0259040371, 0.7827717662, -0.808675766]], // prettier-ignore
    [Math.cbrt(Math.max(0, l)), Math.cbrt(Math.max(0, m)), Math.cbrt(Math.max(0, s))],
  );
}

describe.each(['print', 'dark'] as const)('%s', (theme) => {
  const look = createLook(theme);

  it('has text that reads (WCAG 2.2: 4.5 to 1) and lines that show (3 to 1)', () => {
    for (const { color } of [look.title, look.heading, look.text, look.strong, look.quiet]) {
      expect(contrastOf(color, look.ground)).toBeGreaterThan(4.5);
    }
    for (const color of [...look.series, look.axis]) expect(contrastOf(color, look.ground)).toBeGreaterThan(3);
  });

  it('has ink that reads on every shade', () => {
    for (let step = 0; step <= 100; step++) {
      const shade = look.shade(step / 100);
      expect(contrastOf(inkOn(shade), shade), shade).toBeGreaterThan(4.5);
    }
  });

  it('has shades that move away from the ground', () => {
    const contrasts = [0, 0.25, 0.5, 0.75, 1].map((share) => contrastOf(look.shade(share), look.ground));
    expect(contrasts).toEqual(contrasts.toSorted((a, b) => a - b));
  });

  it.each(Object.entries(eyes))('keeps series apart for %s vision', (_, matrix) => {
    const seen = look.series.map((color) => oklabOf(multiply(matrix, linearOf(color))));
    seen.forEach((a, index) => {
      for (const b of seen.slice(index + 1)) {
        expect(Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2])).toBeGreaterThan(0.12);
      }
    });
  });

  it('gives twenty classes twenty different lines', () => {
    const styles = Array.from({ length: 20 }, (_, index) => JSON.stringify(seriesStyle(look, index)));
    expect(new Set(styles).size).toBe(20);
  });
});
