import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage } from 'node:http';
import type { Page } from 'playwright-core';
import type { WindowAction, WindowAnswer } from './windowActions';
import { drive } from './windowDriver';

/** The loopback address at which tests inside the extension host drive their own window. */
export interface WindowEndpoint {
  readonly address: string;
  /** The window exists only after the server that knows the address. */
  readonly attach: (page: Page) => void;
  close(): Promise<void>;
}

export async function openWindowEndpoint(): Promise<WindowEndpoint> {
  let page: Page | undefined;
  const secret = `/${randomBytes(16).toString('hex')}`;
  const answer = async (request: IncomingMessage): Promise<WindowAnswer> => {
    if (request.url !== secret) return { ok: false, error: 'Unknown address.' };
    if (page === undefined) return { ok: false, error: 'The window is not open yet.' };
    try {
      return { ok: true, value: await drive(page, await readAction(request)) };
    } catch (error) {
      return { ok: false, error: error instanceof Error ? error.message : String(error) };
    }
  };
  const server = createServer((request, response) => {
    void answer(request).then((result) => response.end(JSON.stringify(result)));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const bound = server.address();
  if (typeof bound !== 'object' || bound === null) throw new Error('The endpoint got no port.');
  return {
    address: `http://127.0.0.1:${bound.port}${secret}`,
    attach: (opened) => {
      page = opened;
    },
    close: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

async function readAction(request: IncomingMessage): Promise<WindowAction> {
  let body = '';
  for await (const chunk of request) body += String(chunk);
  return JSON.parse(body) as WindowAction;
}
