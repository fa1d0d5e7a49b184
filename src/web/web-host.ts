import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { RPCHandler } from '@orpc/server/ws';
import { WebSocketServer } from 'ws';
import type { Workbench } from '#core/workbench/index.ts';
import { LightboxError } from '#shared/errors.ts';
import { limits } from '#shared/limits.ts';
import { pageHeaders } from './page/page-headers.ts';
import { findPageReply, missing, type Reply } from './page/reply.ts';
import { createGuard, type Guard } from './request-guard.ts';
import { describeFault, serveData } from './serve-data.ts';

export interface WebHost {
  /** With the token; good for this host alone. */
  readonly url: string;
  close(): Promise<void>;
}

export interface WebHostOptions {
  readonly workbench: Pick<Workbench, 'viewer'>;
  /** Folder of the built window. */
  readonly bundle: string;
  /** Any free one by default. */
  readonly port?: number | undefined;
}

/** The workbench for a browser on this machine. Throws `request/invalid` where the port is taken. */
export async function startWebHost({ workbench, bundle, port = 0 }: WebHostOptions): Promise<WebHost> {
  const token = randomBytes(24).toString('base64url');
  const server = createPatientServer();
  const guard = createGuard(token, () => (server.address() as AddressInfo).port);
  server.on('request', (request, response) => {
    void answer(request, response, { workbench, bundle, guard });
  });
  const sockets = acceptCalls(server, guard, workbench);
  await listen(server, port);
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/?token=${token}`;
  return {
    url,
    close: async () => {
      for (const client of sockets.clients) client.terminate();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** Whoever is slow to say what they want, or says too much, is not waited for. */
function createPatientServer(): Server {
  const { headerBytes, headersMs, requestMs, connections } = limits.host;
  const server = createServer({
    ...{ maxHeaderSize: headerBytes, headersTimeout: headersMs, requestTimeout: requestMs },
    connectionsCheckingInterval: 1000,
  });
  server.maxConnections = connections;
  return server;
}

async function listen(server: Server, port: number): Promise<void> {
  server.listen(port, '127.0.0.1');
  try {
    await once(server, 'listening');
  } catch (cause) {
    throw new LightboxError('request/invalid', `Port ${port} cannot be used; leave --port out for any free one.`, {
      cause,
    });
  }
}

/** Calls come over a WebSocket, from admitted pages only. */
function acceptCalls(server: Server, guard: Guard, workbench: Pick<Workbench, 'viewer'>): WebSocketServer {
  const sockets = new WebSocketServer({ noServer: true, maxPayload: limits.host.callBytes });
  const handler = new RPCHandler(workbench.viewer.router);
  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    // Nobody else listens any more: a connection that breaks must not end the host.
    socket.on('error', () => socket.destroy());
    if (request.url !== '/rpc' || !guard.isAddressedHere(request) || !guard.isAdmitted(request)) {
      socket.end('HTTP/1.1 403 Forbidden\r\n\r\n');
      return;
    }
    sockets.handleUpgrade(request, socket, head, (client) => {
      // A message that is too long or no text ends this connection, and nothing else.
      client.on('error', () => {
        client.terminate();
      });
      void handler.upgrade(client);
    });
  });
  return sockets;
}

interface Place extends Pick<WebHostOptions, 'workbench' | 'bundle'> {
  readonly guard: Guard;
}

async function answer(request: IncomingMessage, response: ServerResponse, place: Place): Promise<void> {
  const { status, headers, body } = await findReply(request, place).catch(describeFault);
  response.writeHead(status, { ...pageHeaders, ...headers }).end(body);
}

const refused: Reply = {
  status: 403,
  headers: { 'content-type': 'text/plain' },
  body: 'Open the address that was printed.',
};
/** Nothing here takes a body, so none is read. */
const tooMuch: Reply = { status: 413, headers: { connection: 'close' } };

const hasBody = ({
  headers: { 'content-length': length = '0', 'transfer-encoding': coding },
}: IncomingMessage): boolean => length !== '0' || coding !== undefined;

async function findReply(request: IncomingMessage, { guard, workbench, bundle }: Place): Promise<Reply> {
  const refusal = guard.isAddressedHere(request) ? findRefusal(request) : refused;
  if (refusal) return refusal;
  const url = new URL(request.url ?? '/', 'http://127.0.0.1');
  // The token leaves the address bar and the history at once.
  if (url.pathname === '/' && guard.isToken(url.searchParams.get('token')))
    return { status: 303, headers: { 'set-cookie': guard.cookie, location: '/' } };
  if (!guard.isAdmitted(request)) return refused;
  return findPageReply({ bundle, data: (address) => serveData(workbench, address) }, url.pathname);
}

function findRefusal(request: IncomingMessage): Reply | undefined {
  if (hasBody(request)) return tooMuch;
  if (request.method !== 'GET') return { status: 405 };
  // Two slashes, or a whole address, would name another host.
  return /^\/(?!\/)/.test(request.url ?? '') ? undefined : missing;
}
