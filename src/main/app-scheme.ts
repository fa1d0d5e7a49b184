import type { CustomScheme } from 'electron';
import { pageHeaders } from '#web/page/page-headers.ts';
import { findPageReply, type PagePlace, type Reply } from '#web/page/reply.ts';
import { isOwnAddress, ownScheme } from './own-address.ts';

/** Before the application is ready: the scheme has an origin, and may be fetched from by its own page. */
export const schemePrivileges: CustomScheme[] = [
  { scheme: ownScheme, privileges: { standard: true, secure: true, supportFetchAPI: true, stream: true } },
];

/** What a request for the own scheme is answered with: a file of the bundle, the data route, or nothing. Never rejects. */
export async function answerRequest(place: PagePlace, request: Request): Promise<Response> {
  const { status, headers, body } = await findReply(place, request).catch((): Reply => ({ status: 500 }));
  return new Response(toBody(body), { status, headers: { ...headers, ...pageHeaders } });
}

async function findReply(place: PagePlace, { url, method }: Request): Promise<Reply> {
  if (!isOwnAddress(url)) return { status: 403 };
  if (method !== 'GET') return { status: 405 };
  return findPageReply(place, new URL(url).pathname);
}

function toBody(body: Reply['body']): BodyInit | null {
  if (body === undefined || typeof body === 'string') return body ?? null;
  return body as Uint8Array<ArrayBuffer>;
}
