import { timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

/**
 * Who may ask. The host listens on the loopback address alone, but any page in any browser on the machine can reach that:
 * names that merely lead here (DNS rebinding) are refused by the Host header, pages of other places by the Origin, and everybody without
 * the token that was printed when the host started.
 */
export interface Guard {
  /** Whether the request names this host and comes from no other page. */
  isAddressedHere(request: IncomingMessage): boolean;
  /** Whether it carries the cookie that the token was exchanged for. */
  isAdmitted(request: IncomingMessage): boolean;
  /** Whether a token is the one. */
  isToken(token: string | null): boolean;
  /** The header that hands the cookie out. */
  readonly cookie: string;
}

const cookieName = 'lightbox';

export function createGuard(token: string, port: () => number): Guard {
  const isToken = (given: string | null): boolean => {
    const [a, b] = [Buffer.from(given ?? ''), Buffer.from(token)];
    return a.length === b.length && timingSafeEqual(a, b);
  };
  const hosts = (): readonly string[] => [`127.0.0.1:${port()}`, `localhost:${port()}`];
  return {
    isToken,
    isAddressedHere: ({ headers: { origin }, headersDistinct: { host: [host = '', ...more] = [] } }) =>
      hosts().includes(host) &&
      more.length === 0 &&
      (origin === undefined || hosts().some((name) => origin === `http://${name}`)),
    isAdmitted: ({ headers: { cookie = '' } }) =>
      cookie.split(/;\s*/).some((part) => {
        const [name, value = ''] = part.split('=');
        return name === cookieName && isToken(value);
      }),
    cookie: `${cookieName}=${token}; HttpOnly; SameSite=Strict; Path=/`,
  };
}
