/** What the page and the desktop window's main process say to each other. The web host has none of this. */
import { z } from 'zod';

/** The one channel that carries it. */
export const bridgeChannel = 'lightbox';

/** Characters of one message of the page. */
export const longestMessage = 2 ** 20;

const pathSchema = z.string().min(1).max(4096);

/** An action of the page's one table, as the menu shows it. */
const menuActionSchema = z.strictObject({
  id: z.string().min(1).max(100),
  title: z.string().min(1).max(100),
  scope: z.string().min(1).max(40),
  keys: z.array(z.string().max(40)).max(8),
});

export const bridgeRequestSchema = z.discriminatedUnion('kind', [
  /** A call of the contract; its answer comes as an event. */
  z.strictObject({ kind: z.literal('call'), text: z.string().max(longestMessage) }),
  /** The page is there and listens. */
  z.strictObject({ kind: z.literal('ready') }),
  /** What can be done now. */
  z.strictObject({ kind: z.literal('menu'), actions: z.array(menuActionSchema).max(400) }),
  /** Folders and files that were dropped on the window. */
  z.strictObject({ kind: z.literal('dropped'), paths: z.array(pathSchema).max(100) }),
  /** Asks the user for a folder, by the system's own dialog. */
  z.strictObject({ kind: z.literal('choose-folder') }),
  /** Opens, or closes, the window that shows the picture alone. */
  z.strictObject({ kind: z.literal('picture-window') }),
]);

export const bridgeEventSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('answer'), text: z.string() }),
  z.strictObject({ kind: z.literal('action'), id: z.string() }),
  /** A folder of pictures is to be looked at. */
  z.strictObject({ kind: z.literal('folder'), path: pathSchema }),
  /** A study bundle is to be looked at. */
  z.strictObject({ kind: z.literal('study'), path: pathSchema }),
  /** A sentence for the user. */
  z.strictObject({ kind: z.literal('notice'), text: z.string(), isFault: z.boolean() }),
  /** Whether the workbench answers; calls that wait are lost when it does not. The sentence says what happened. */
  z.strictObject({ kind: z.literal('workbench'), isThere: z.boolean(), sentence: z.string() }),
]);

export type BridgeRequest = z.infer<typeof bridgeRequestSchema>;
export type BridgeEvent = z.infer<typeof bridgeEventSchema>;
export type MenuAction = z.infer<typeof menuActionSchema>;

/** What preload gives the page. */
export interface Bridge {
  /** Rejects for what is refused. */
  readonly request: (message: BridgeRequest) => Promise<unknown>;
  /** Gives what ends it. */
  readonly subscribe: (listener: (event: BridgeEvent) => void) => () => void;
}

/** The name of the bridge in the page. */
export const bridgeName = 'lightboxDesktop';
