import { once } from 'node:events';
import { mkdir, writeFile } from 'node:fs/promises';
import { connect, type Socket } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { createWorkbench, type Workbench } from '#core/workbench/index.ts';
import { limits } from '#shared/limits.ts';
import { startWebHost, type WebHost } from '#web/index.ts';
import { createSmallWorld, type SmallWorld } from '../cli/small-world.ts';

/** What a program that speaks to the host by hand can do; test/web/web-host.test.ts has what a page can. */

let world: SmallWorld;
let workbench: Workbench;
let host: WebHost;
let place: URL;
let cookie: string;

beforeAll(async () => {
  world = await createSmallWorld(1);
  await mkdir(world.at('bundle'));
  await writeFile(world.at('bundle', 'index.html'), '<!doctype html><title>window</title>');
  await writeFile(world.at('outside.html'), 'outside of the bundle');
  workbench = createWorkbench({ catalog: world.at('catalog.lightbox') });
  await workbench.importDataset({ folder: world.folder, name: 'small', layout: 'folders' });
  host = await startWebHost({ workbench, bundle: world.at('bundle') });
  place = new URL(host.url);
  cookie = `lightbox=${place.searchParams.get('token') ?? ''}`;
});
afterAll(async () => {
  await host.close();
  await workbench.close();
  await world.remove();
});

const open = (): Socket => connect(Number(place.port), '127.0.0.1');

/** All that the host says until it ends the connection. */
async function hear(socket: Socket): Promise<string> {
  let heard = '';
  socket.setEncoding('utf8').on('data', (text: string) => (heard += text));
  socket.on('error', () => undefined);
  await once(socket, 'close');
  return heard;
}

async function ask(request: string): Promise<string> {
  const socket = open();
  const heard = hear(socket);
  socket.write(request.replaceAll('\n', '\r\n'));
  return heard;
}

const head = (): string => `Host: ${place.host}\nCookie: ${cookie}\nConnection: close\n`;

/** The host is there, for those who may ask. */
async function expectAlive(): Promise<void> {
  expect(await ask(`GET / HTTP/1.1\n${head()}\n`)).toMatch(/^HTTP\/1\.1 200 /);
}

describe('requests that are refused, and the host goes on', () => {
  test.each([
    ['no Host', `GET / HTTP/1.1\nCookie: COOKIE\n\n`, 400],
    ['no Host, as of old', `GET / HTTP/1.0\nCookie: COOKIE\n\n`, 403],
    ['a name that leads here (DNS rebinding)', `GET / HTTP/1.1\nHost: rebound.example:PORT\nCookie: COOKIE\nConnection: close\n\n`, 403],
    ['another port of this machine', `GET / HTTP/1.1\nHost: 127.0.0.1:1\nCookie: COOKIE\nConnection: close\n\n`, 403],
    ['this host with a dot', `GET / HTTP/1.1\nHost: localhost.:PORT\nCookie: COOKIE\nConnection: close\n\n`, 403],
    ['two Hosts', `GET / HTTP/1.1\nHost: 127.0.0.1:PORT\nHost: evil.example\nCookie: COOKIE\nConnection: close\n\n`, 403],
    ['the token in place of the cookie', `GET /data/picture/1?token=TOKEN HTTP/1.1\nHost: 127.0.0.1:PORT\nConnection: close\n\n`, 403],
    ['an origin "null", as of a file or a sandbox', `GET / HTTP/1.1\nHost: 127.0.0.1:PORT\nOrigin: null\nCookie: COOKIE\nConnection: close\n\n`, 403],
    ['an address of another place', `GET http://evil.example/ HTTP/1.1\nHost: evil.example\nCookie: COOKIE\nConnection: close\n\n`, 403],
    ['a body', `POST / HTTP/1.1\nHost: 127.0.0.1:PORT\nCookie: COOKIE\nContent-Length: 5\n\nhello`, 413],
    ['a body with a GET', `GET / HTTP/1.1\nHost: 127.0.0.1:PORT\nCookie: COOKIE\nContent-Length: 5\n\nhello`, 413],
    ['a body of unknown length', `GET / HTTP/1.1\nHost: 127.0.0.1:PORT\nCookie: COOKIE\nTransfer-Encoding: chunked\n\n5\nhello\n0\n\n`, 413],
    ['an enormous body', `GET / HTTP/1.1\nHost: 127.0.0.1:PORT\nCookie: COOKIE\nContent-Length: 99999999999\n\nhello`, 413],
    ['headers without an end', `GET / HTTP/1.1\nHost: 127.0.0.1:PORT\nX: ${'x'.repeat(20_000)}\nConnection: close\n\n`, 431],
    ['something that is no request', 'HELLO\n\n', 400],
    ['a method that removes', `DELETE / HTTP/1.1\nHost: 127.0.0.1:PORT\nCookie: COOKIE\nConnection: close\n\n`, 405],
  ])('%s', async (_, request, status) => {
    const token = place.searchParams.get('token') ?? '';
    const heard = await ask(
      request.replaceAll('PORT', place.port).replaceAll('COOKIE', cookie).replaceAll('TOKEN', token),
    );
    expect(heard).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
    expect(heard).not.toContain('<title>');
    await expectAlive();
  }); // prettier-ignore

  test.each([
    '/..\\outside.html',
    '/..%5coutside.html',
    '/%2e%2e%2foutside.html',
    '/....//outside.html',
    '/assets/../../outside.html',
    '//outside.html',
    '/C:/outside.html',
    '/index.html/../../outside.html',
    '/data/thumbnail/../../../outside.html',
    '/data/map/%2e%2e%2f%2e%2e%2foutside.html',
    '/data/__proto__/x',
    '/%00',
  ])('a path that leads outside: %s', async (address) => {
    const heard = await ask(`GET ${address} HTTP/1.1\n${head()}\n`);
    expect(heard).toMatch(/^HTTP\/1\.1 404 /);
    expect(heard).not.toContain('outside of the bundle');
  });
});

describe('those who are slow', () => {
  const patience = 2 * (limits.host.headersMs + limits.host.requestMs);

  test('with their headers are not waited for, and others are answered meanwhile', { timeout: 3 * patience }, async () => {
    const slow = Array.from({ length: 20 }, () => open());
    const heard = slow.map(hear);
    for (const socket of slow) socket.write(`GET / HTTP/1.1\r\nHost: ${place.host}\r\n`);
    const drip = setInterval(() => {
      for (const socket of slow) if (socket.writable) socket.write('X-Slow: 1\r\n');
    }, 500);
    await expectAlive();
    const answers = await Promise.all(heard);
    clearInterval(drip);
    expect(answers.every((answer) => answer === '' || answer.startsWith('HTTP/1.1 408 '))).toBe(true);
    await expectAlive();
  }); // prettier-ignore

  test('and many, leave room for others once they are gone', async () => {
    const many = Array.from({ length: limits.host.connections + 20 }, () => open());
    for (const socket of many) socket.on('error', () => undefined);
    await Promise.all(many.slice(0, limits.host.connections).map((socket) => once(socket, 'connect')));
    for (const socket of many) socket.destroy();
    await expect.poll(() => ask(`GET / HTTP/1.1\n${head()}\n`), { timeout: 20_000 }).toMatch(/^HTTP\/1\.1 200 /);
  });
});

describe('calls that are no calls end their own connection, not the host', () => {
  async function say(message: Uint8Array | string, binary = false): Promise<void> {
    const socket = new WebSocket(`ws://${place.host}/rpc`, { headers: { cookie } });
    socket.on('error', () => undefined);
    await once(socket, 'open');
    const closed = once(socket, 'close');
    socket.send(message, { binary });
    await closed;
  }

  test('a text that is not UTF-8 (it once ended the host)', async () => {
    await say(Buffer.from([0x7b, 0xff, 0xfe, 0x7d]));
    await expectAlive();
  });

  test('a call of more than a call may have', async () => {
    await say('x'.repeat(limits.host.callBytes + 1));
    await expectAlive();
  });

  test('bytes that are no frame', async () => {
    const socket = open();
    const heard = hear(socket);
    const upgrade = `Connection: Upgrade\nUpgrade: websocket\nSec-WebSocket-Version: 13\nSec-WebSocket-Key: x3JJHMbDL1EzLkh9GBhXDw==\n`;
    socket.write(`GET /rpc HTTP/1.1\nHost: ${place.host}\nCookie: ${cookie}\n${upgrade}\n`.replaceAll('\n', '\r\n'));
    await once(socket, 'data');
    socket.write(Buffer.alloc(64, 0xff));
    expect(await heard).toMatch(/^HTTP\/1\.1 101 /);
    await expectAlive();
  });

  test('an upgrade that is broken off', async () => {
    for (let round = 0; round < 20; round++) {
      const socket = open();
      socket.on('error', () => undefined);
      socket.write(`GET /rpc HTTP/1.1\r\nHost: evil\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n`);
      socket.resetAndDestroy();
    }
    await expectAlive();
  });
});
