import { bridgeName, type Bridge } from '#shared/desktop/bridge.ts';

/** What the desktop window's preload left for the page; undefined in a browser. */
export const bridge = (window as Partial<Record<typeof bridgeName, Bridge>>)[bridgeName];
