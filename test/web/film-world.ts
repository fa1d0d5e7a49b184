import { mkdir, writeFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import { createWorkbench } from '#core/workbench/index.ts';
import { createSmallWorld, type SmallWorld } from '../cli/small-world.ts';
import { buildWindow, openWindow, type OpenedWindow } from './open-window.ts';
import { colorFilm, greyFilm } from './small-films.ts';

export interface FilmWorld {
  readonly world: SmallWorld;
  readonly opened: OpenedWindow;
  close(): Promise<void>;
}

/** Three films whose values are known by place, explained; the first of them open. */
export async function openFilms(): Promise<FilmWorld> {
  const world = await createSmallWorld(1);
  await mkdir(world.at('study'));
  await writeFile(world.at('study', 'a.dcm'), greyFilm('MONOCHROME2'));
  await writeFile(world.at('study', 'b.dcm'), greyFilm('MONOCHROME1'));
  await writeFile(world.at('study', 'c.dcm'), colorFilm());
  await buildWindow(world.at('bundle'));
  const catalog = world.at('catalog.lightbox');
  const workbench = createWorkbench({ catalog });
  await workbench.importDataset({ folder: world.at('study'), name: 'study', layout: 'dicom' });
  const job = { dataset: 'study', modelPath: world.modelPath, provider: 'cpu' } as const;
  await workbench.predictDataset(job);
  await workbench.attributeDataset({ ...job, composite: 'EpsilonPlusFlat' });
  await workbench.close();
  const opened = await openWindow({ catalog, bundle: world.at('bundle'), viewport: { width: 1200, height: 800 } });
  await opened.page.locator('[data-place="0"] img').waitFor();
  await opened.page.locator('[data-place="0"]').click();
  await opened.page.getByTestId('window').waitFor();
  return {
    ...{ world, opened },
    close: async () => {
      await opened.close();
      await world.remove();
    },
  };
}

interface Place {
  readonly x: number;
  readonly y: number;
}

/** Looks at the open film and points at it. */
export interface FilmEye {
  readonly shown: (id: string) => Promise<string>;
  /** Red, green, blue on the picture's canvas at a picture pixel. */
  readonly pixel: (x: number, y: number) => Promise<number[]>;
  /** The middle of a picture pixel on the screen, by the film's own transform as the browser understands it. */
  readonly screenOf: (x: number, y: number) => Promise<Place>;
  readonly pointAt: (x: number, y: number) => Promise<void>;
  readonly press: (keys: readonly string[]) => Promise<void>;
}

export function createFilmEye(page: () => Page): FilmEye {
  const screenOf: FilmEye['screenOf'] = (x, y) =>
    page()
      .locator('.film')
      .evaluate(
        (element, [left, top]) => {
          const matrix = new DOMMatrix(getComputedStyle(element).transform);
          const point = matrix.transformPoint(new DOMPoint((left ?? 0) + 0.5, (top ?? 0) + 0.5));
          const stage = element.parentElement?.getBoundingClientRect();
          return { x: point.x + (stage?.left ?? 0), y: point.y + (stage?.top ?? 0) };
        },
        [x, y],
      );
  return {
    screenOf,
    shown: (id) => page().getByTestId(id).innerText(),
    pixel: async (x, y) => {
      const data = await page()
        .getByTestId('picture')
        .evaluate(
          (canvas, [left, top]) => [
            ...((canvas as HTMLCanvasElement).getContext('2d')?.getImageData(left ?? 0, top ?? 0, 1, 1).data ?? []),
          ],
          [x, y],
        );
      return data.slice(0, 3);
    },
    pointAt: async (x, y) => {
      const at = await screenOf(x, y);
      await page().mouse.move(at.x, at.y);
    },
    press: (keys) => keys.reduce((before, key) => before.then(() => page().keyboard.press(key)), Promise.resolve()),
  };
}
