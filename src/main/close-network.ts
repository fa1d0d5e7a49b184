import type { AppCalls, SessionCalls } from './electron-calls.ts';
import { isOwnAddress } from './own-address.ts';

/** What keeps Chromium from calling anybody by itself: updates of its parts, lists, reports, look-ups of names. */
export const closingSwitches: readonly (readonly [name: string, value?: string])[] = [
  ['disable-background-networking'],
  ['disable-component-update'],
  ['disable-domain-reliability'],
  ['disable-breakpad'],
  ['disable-sync'],
  ['disable-quic'],
  ['no-pings'],
  ['no-proxy-server'],
  ['dns-prefetch-disable'],
  // No name leads anywhere: what would still be asked for is asked of nobody.
  ['host-resolver-rules', 'MAP * ~NOTFOUND'],
  ['disable-features', 'OptimizationHints,MediaRouter,DialMediaRouteProvider,AutofillServerCommunication'],
  ['force-webrtc-ip-handling-policy', 'disable_non_proxied_udp'],
];

/** Before the application is ready. */
export function appendClosingSwitches({ commandLine }: AppCalls): void {
  for (const [name, ...value] of closingSwitches) commandLine.appendSwitch(name, ...value);
}

/** Every request that is not for the application's own scheme is cancelled before it is made. */
export function closeNetwork(session: SessionCalls): void {
  session.webRequest.onBeforeRequest(({ url }, answer) => {
    answer({ cancel: !isOwnRequest(url) });
  });
  // Dictionaries would be fetched.
  session.setSpellCheckerEnabled(false);
}

/** `data:` and `blob:` hold what they name. */
function isOwnRequest(url: string): boolean {
  return isOwnAddress(url) || url.startsWith('data:') || (url.startsWith('blob:') && isOwnAddress(url.slice(5)));
}
