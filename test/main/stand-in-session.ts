import { EventEmitter } from 'node:events';
import type { SessionCalls } from '../../src/main/electron-calls.ts';

/** Keeps the handlers it is given, so that a test can be the page that asks. */
export class StandInSession extends EventEmitter implements SessionCalls {
  answers = new Map<string, (request: Request) => Promise<Response>>();
  beforeRequest: Parameters<SessionCalls['webRequest']['onBeforeRequest']>[0] | undefined;
  permissionRequest: Parameters<SessionCalls['setPermissionRequestHandler']>[0] | undefined;
  permissionCheck: (() => boolean) | undefined;
  devicePermission: (() => boolean) | undefined;
  displayMedia: Parameters<SessionCalls['setDisplayMediaRequestHandler']>[0] | undefined;
  spellChecker = true;
  readonly protocol = {
    handle: (scheme: string, answer: (request: Request) => Promise<Response>): void => {
      if (this.answers.has(scheme)) throw new Error(`${scheme} is handled already.`);
      this.answers.set(scheme, answer);
    },
  };
  readonly webRequest = {
    onBeforeRequest: (listener: NonNullable<StandInSession['beforeRequest']>): void => {
      this.beforeRequest = listener;
    },
  };

  setPermissionRequestHandler(handler: NonNullable<StandInSession['permissionRequest']>): void {
    this.permissionRequest = handler;
  }
  setPermissionCheckHandler(handler: () => boolean): void {
    this.permissionCheck = handler;
  }
  setDevicePermissionHandler(handler: () => boolean): void {
    this.devicePermission = handler;
  }
  setDisplayMediaRequestHandler(handler: NonNullable<StandInSession['displayMedia']>): void {
    this.displayMedia = handler;
  }
  setSpellCheckerEnabled(on: boolean): void {
    this.spellChecker = on;
  }

  isCancelled(url: string): boolean {
    let cancelled = false;
    this.beforeRequest?.({ url }, ({ cancel }) => {
      cancelled = cancel;
    });
    return cancelled;
  }
}
