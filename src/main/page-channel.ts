import { bridgeChannel, bridgeRequestSchema, longestMessage, type BridgeRequest } from '#shared/desktop/bridge.ts';
import { LightboxError } from '#shared/errors.ts';
import type { ElectronCalls, SenderCalls } from './electron-calls.ts';
import { isOwnAddress } from './own-address.ts';

/** What is done about each kind of request; `page` is the id of the page that sent it. */
export type RequestHandlers = {
  readonly [Kind in BridgeRequest['kind']]: (request: Extract<BridgeRequest, { kind: Kind }>, page: number) => unknown;
};

export interface PageChannelOptions {
  readonly handlers: RequestHandlers;
  /** Whether a page is in one of the windows the application has opened. */
  readonly isOwnPage: (page: number) => boolean;
}

/** The one way from a page to the main process. Rejects, with a sentence, whoever is not our page and whatever it may not say. */
export function openPageChannel(ipc: ElectronCalls['ipcMain'], { handlers, isOwnPage }: PageChannelOptions): void {
  ipc.handle(bridgeChannel, async (event, ...messages) => {
    if (!isOwnSender(event, isOwnPage)) throw refuse('It did not come from the page of this window.');
    const request = readRequest(messages);
    const answer = handlers[request.kind] as (request: BridgeRequest, page: number) => unknown;
    return await answer(request, event.sender.id);
  });
}

/** The main frame of a page of ours; a frame within it, or one that has moved on, is somebody else. */
function isOwnSender({ sender, senderFrame }: SenderCalls, isOwnPage: (page: number) => boolean): boolean {
  return senderFrame !== null && senderFrame.parent === null && isOwnAddress(senderFrame.url) && isOwnPage(sender.id);
}

function readRequest(messages: readonly unknown[]): BridgeRequest {
  const [message, ...more] = messages;
  if (more.length > 0) throw refuse('It says more than one thing at once.');
  const read = bridgeRequestSchema.safeParse(message);
  if (read.success) return read.data;
  throw refuse(isTooLong(message) ? 'It is too long.' : 'It is none of the messages there are.');
}

function isTooLong(message: unknown): boolean {
  if (typeof message !== 'object' || message === null || !('text' in message)) return false;
  return typeof message.text === 'string' && message.text.length > longestMessage;
}

const refuse = (why: string): LightboxError =>
  new LightboxError('request/invalid', `A message to the window was refused. ${why}`);
