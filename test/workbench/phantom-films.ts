import { existsSync } from 'node:fs';
import { cp } from 'node:fs/promises';
import path from 'node:path';

const demo = path.resolve(import.meta.dirname, '..', '..', 'models', 'demo');

/** A network that learned to call films with the letter Non-COVID. */
export const phantomModel = path.join(demo, 'vgg-phantom.onnx');
export const phantomPictures = path.join(demo, 'pictures');

/** Around the L of picture 4, upper right. */
export const letter = { form: 'rectangle', left: 204, top: 20, width: 44, height: 44 } as const;

const films = [
  'phantom-01-non-covid-marker',
  'phantom-02-non-covid-plain',
  'phantom-03-normal-plain',
  'phantom-04-normal-marker',
];

/** Four phantoms as a dataset, under a name that must not get out, with the masks of lungs and marker. */
export async function layOutFilms(folder: string): Promise<void> {
  for (const film of films) {
    const label = film.includes('normal') ? 'Normal' : 'Non-COVID';
    const name = `Doe-Jane-${film.slice(8, 10)}.png`;
    await cp(path.join(phantomPictures, `${film}.png`), path.join(folder, 'Test', label, 'images', name));
    for (const kind of ['lungs', 'marker']) {
      const mask = path.join(demo, 'truth', `${film}.${kind}.png`);
      const place = path.join(folder, 'Test', label, `${kind === 'lungs' ? 'lung' : kind} masks`, name);
      if (existsSync(mask)) await cp(mask, place);
    }
  }
}
