import { createWorkbench } from '#core/workbench/index.ts';
import { createSmallWorld, type SmallWorld } from '../cli/small-world.ts';
import { openDesktop, type OpenedDesktop } from './open-desktop.ts';

export interface DesktopOnWorld {
  readonly world: SmallWorld;
  readonly opened: OpenedDesktop;
  readonly close: () => Promise<void>;
}

/** The application on a catalog of three pictures. */
export async function openDesktopOnWorld(): Promise<DesktopOnWorld> {
  const world = await createSmallWorld(3);
  const catalog = world.at('catalog.lightbox');
  const workbench = createWorkbench({ catalog });
  await workbench.importDataset({ folder: world.folder, name: 'small', layout: 'auto' });
  await workbench.close();
  const opened = await openDesktop({ catalog });
  return {
    ...{ world, opened },
    close: async () => {
      await opened.close();
      await world.remove();
    },
  };
}
