import { create } from 'zustand';
import { keepInSession } from '../shell/session.ts';

/** How the gallery looks. */
interface GalleryLook {
  /** Width of a cell in pixels. */
  readonly size: number;
  readonly captions: boolean;
  readonly maps: boolean;
  readonly filters: boolean;
  readonly change: (part: Partial<Omit<GalleryLook, 'change'>>) => void;
}

export const sizes = { smallest: 88, largest: 376, step: 8 } as const;

export const useGalleryLook = create<GalleryLook>((set) => ({
  ...{ size: 176, captions: true, maps: false, filters: true },
  change: (part) => {
    set(part);
  },
}));

keepInSession('gallery', useGalleryLook, ({ size, captions, maps, filters }) => ({ size, captions, maps, filters }));
