import { mkdir, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { createWorkbench, type Workbench } from '#core/workbench/index.ts';
import { startWebHost, type WebHost } from '#web/index.ts';
import { createSmallWorld, type SmallWorld } from '../cli/small-world.ts';

let world: SmallWorld;
let workbench: Workbench;
let host: WebHost;
let place: URL;
let cookie: string;

beforeAll(async () => {
  world = await createSmallWorld(3);
  await mkdir(world.at('bundle'));
  await writeFile(world.at('bundle', 'index.html'), '<!doctype html><title>window</title>');
  await writeFile(world.at('secret.html'), 'outside of the bundle');
  await writeFile(world.at('bundle', 'notes.txt'), 'no part of a bundle');
  workbench = createWorkbench({ catalog: world.at('catalog.lightbox') });
  await workbench.importDataset({ folder: world.folder, name: 'small', layout: 'auto' });
  host = await startWebHost({ workbench, bundle: world.at('bundle') });
  place = new URL(host.url);
  cookie = `lightbox=${place.searchParams.get('token') ?? ''}`;
});
afterAll(async () => {
  await host.close();
  await workbench.close();
  await world.remove();
});

interface Answer {
  readonly status: number | undefined;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: Buffer;
}

/** As it is written: nothing is followed, no path is tidied. */
function ask(address: string, headers: Readonly<Record<string, string>> = {}, method = 'GET'): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const asked = request(
      { host: '127.0.0.1', port: place.port, path: address, method, headers: { host: place.host, ...headers } },
      (response) => {
        const parts: Buffer[] = [];
        response.on('data', (part: Buffer) => parts.push(part));
        response.on('end', () => {
          resolve({ status: response.statusCode, headers: response.headers, body: Buffer.concat(parts) });
        });
      },
    );
    asked.on('error', reject);
    asked.end();
  });
}

describe('who is let in', () => {
  test('the printed address is exchanged for a cookie no page can read, and leaves the address bar', async () => {
    const { status, headers } = await ask(`/${place.search}`);
    expect(status).toBe(303);
    expect(headers['location']).toBe('/');
    expect(headers['set-cookie']).toEqual([`${cookie}; HttpOnly; SameSite=Strict; Path=/`]);
    const page = await ask('/', { cookie });
    expect([page.status, page.body.toString()]).toEqual([200, '<!doctype html><title>window</title>']);
  });

  test.each([
    ['without the token', '/', {}],
    ['with another token', '/?token=guessed', {}],
    ['with a cookie of another token', '/', { cookie: 'lightbox=guessed' }],
    ['data without the token', '/data/picture/1', {}],
    ['under a name that merely leads here', '/', { host: 'evil.example', right: 'yes' }],
    ['from a page of another place', '/', { origin: 'https://evil.example', right: 'yes' }],
  ])('nobody %s', async (_, address, { right, ...headers }: Record<string, string>) => {
    const answer = await ask(address, { ...headers, ...(right && { cookie }) });
    expect(answer.status).toBe(403);
    expect(answer.headers['set-cookie']).toBeUndefined();
  });

  test.each([
    ['no cookie', {}],
    ['another origin', { cookie: 'right', origin: 'https://evil.example' }],
  ])('no calls with %s', async (_, given: Record<string, string>) => {
    const socket = new WebSocket(`ws://${place.host}/rpc`, {
      headers: { ...given, ...(given['cookie'] && { cookie }) },
    });
    const outcome = await new Promise((resolve) => {
      socket.once('unexpected-response', (_request, response) => {
        resolve(response.statusCode);
      });
      socket.once('open', () => {
        resolve('open');
      });
      socket.once('error', () => undefined);
    });
    expect(outcome).toBe(403);
    socket.terminate();
  });
});

describe('what is handed out', () => {
  test.each([
    '/../secret.html',
    '/%2e%2e/secret.html',
    '/..%2fsecret.html',
    '/assets/%2e%2e/%2e%2e/secret.html',
    '/notes.txt',
    '/%',
    '/index.html%00.js',
    '/data/picture/../../secret',
    '/data/picture/999999',
    '/data/picture/1e3',
    '/data/array/..%2f..%2fcatalog.lightbox',
    `/data/array/${'0'.repeat(64)}`,
    '/data/constructor/x',
    '/data/thumbnail/x',
  ])('nothing at %s', async (address) => {
    const { status, body } = await ask(address, { cookie });
    expect([status, body.toString()]).toEqual([404, '']);
  });

  test('only reading', async () => {
    expect((await ask('/', { cookie }, 'POST')).status).toBe(405);
  });

  test('everything with headers that keep it to this page', async () => {
    const { headers } = await ask('/', { cookie });
    expect(headers['content-security-policy']).toMatch(
      /default-src 'none'.*connect-src 'self'.*frame-ancestors 'none'/,
    );
    expect(headers).toMatchObject({ 'x-content-type-options': 'nosniff', 'referrer-policy': 'no-referrer' });
  });

  test('pictures and thumbnails of the catalog', async () => {
    const listing = await workbench.listCatalog();
    expect(listing.datasets[0]?.samples).toBe(3);
    const picture = await ask('/data/picture/1', { cookie });
    expect([picture.status, picture.headers['content-type']]).toEqual([200, 'image/png']);
    expect(picture.body.subarray(1, 4).toString()).toBe('PNG');
  });
});
