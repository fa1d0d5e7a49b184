import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/websocket';
import type { ContractRouterClient } from '@orpc/contract';
import { WebSocket } from 'ws';
import { tinyPng } from '#core/datasets/test-trees.ts';
import { flipBits, splice, truncate } from '#core/imaging/seeded-mutations.ts';
import { createWorkbench } from '#core/workbench/index.ts';
import type { contract } from '#shared/contract/contract.ts';
import { startWebHost, type WebHost } from '#web/index.ts';
import { mutateJson, type FuzzReader, type Subject } from './fuzz-reader.ts';

type Client = ContractRouterClient<typeof contract>;

/** A connection of somebody who was let in. */
function openSocket({ url }: WebHost): WebSocket {
  const { host, searchParams } = new URL(url);
  return new WebSocket(`ws://${host}/rpc`, { headers: { cookie: `lightbox=${searchParams.get('token') ?? ''}` } });
}

const clientOf = (socket: WebSocket): Client =>
  createORPCClient(new RPCLink({ websocket: socket as unknown as globalThis.WebSocket }));

/** What a window says to the host, as it goes over the wire. */
async function recordMessages(host: WebHost): Promise<readonly Buffer[]> {
  const socket = openSocket(host);
  await once(socket, 'open');
  const said: Buffer[] = [];
  const send = socket.send.bind(socket);
  socket.send = ((message: string | Uint8Array) => {
    said.push(Buffer.from(message as Uint8Array));
    send(message);
  }) as typeof socket.send;
  const client = clientOf(socket);
  const shape = { form: 'rectangle', left: 1, top: 1, width: 2, height: 2 } as const;
  await client.overview();
  await client.samples.page({ dataset: 1, filter: {} } as never).catch(() => undefined);
  await client.samples.view({ id: 1 });
  await client.marks.insert({ sample: 1, kind: 'hair', shape, author: 'A', note: '' });
  await client.reviews.put({ sample: 1, author: 'A', verdict: 'clean', note: '' });
  await client.session.put({ name: 'window', state: { view: 1 } });
  await client.folders.list({ path: '/' }).catch(() => undefined);
  await client.jobs.list();
  socket.terminate();
  return said;
}

/** Ends when the host has answered, or ended the connection. */
function sayRaw({ url }: WebHost, bytes: Buffer): Promise<void> {
  const socket = connect(Number(new URL(url).port), '127.0.0.1');
  return new Promise((resolve) => {
    const end = (): void => {
      socket.destroy();
      resolve();
    };
    socket.on('error', end).on('close', end).on('data', end);
    // Half a request is waited for by the host, not by this test.
    socket.end(bytes, () => setTimeout(end, 20));
  });
}

const mark = Buffer.from('GET ');

export const wireReader: FuzzReader = {
  share: 7,
  memoryBytes: 700_000_000,
  codes: /^never$/,
  open: async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'lightbox-fuzz-'));
    writeFileSync(path.join(folder, 'a.png'), tinyPng);
    const workbench = createWorkbench({ catalog: path.join(folder, 'study.lightbox') });
    await workbench.importDataset({ folder, layout: 'folders' });
    const host = await startWebHost({ workbench, bundle: folder });
    const messages = await recordMessages(host);
    let socket = openSocket(host);
    await once(socket, 'open');
    const say = async (bytes: Buffer): Promise<void> => {
      if (socket.readyState !== WebSocket.OPEN) {
        socket = openSocket(host);
        socket.on('error', () => undefined);
        await once(socket, 'open');
      }
      await new Promise<void>((resolve) => {
        socket.send(bytes, { binary: bytes.length % 2 === 0 }, () => {
          resolve();
        });
      });
    };
    let said = 0;
    return {
      subjects: [...subjectsOf(messages), ...requestsOf(host)],
      read: async (bytes) => {
        if (bytes.includes(mark) || bytes.length < 4) await sayRaw(host, bytes);
        else await say(bytes);
        if (++said % 25 === 0) await expectAnswer(host);
      },
      close: async () => {
        socket.terminate();
        await host.close();
        await workbench.close();
        rmSync(folder, { recursive: true, force: true });
      },
    };
  },
};

/** Somebody else is still answered. */
async function expectAnswer(host: WebHost): Promise<void> {
  const socket = openSocket(host);
  await once(socket, 'open');
  await clientOf(socket).overview();
  socket.terminate();
}

function subjectsOf(messages: readonly Buffer[]): readonly Subject[] {
  const mutations = [mutateJson, mutateJson, flipBits, truncate, splice];
  return messages.map((bytes) => ({ bytes, weight: 10, mutations }));
}

function requestsOf({ url }: WebHost): readonly Subject[] {
  const { host, search, searchParams } = new URL(url);
  const head = `Host: ${host}\r\nCookie: lightbox=${searchParams.get('token') ?? ''}\r\n`;
  const upgrade = 'Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: x3JJHMbDL1EzLkh9GBhXDw==\r\n'; // prettier-ignore
  return [`GET / HTTP/1.1\r\n${head}\r\n`, `GET /data/picture/1 HTTP/1.1\r\n${head}\r\n`, `GET /${search} HTTP/1.1\r\n${head}\r\n`, `GET /rpc HTTP/1.1\r\n${head}${upgrade}\r\n`].map((text) => ({ bytes: Buffer.from(text), weight: 5 })); // prettier-ignore
}
