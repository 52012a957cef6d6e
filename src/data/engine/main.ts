import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { failed, ok, type Result } from '../../base/result';
import type { Profile } from '../profile/profile';
import { openDatabase, type Database } from './database';
import { DataError } from './dataError';
import type { FromEngine, ProfileRequest, ToEngine } from './engineProtocol';
import { profileData } from './profileData';
import { readFailure } from './source';

/**
 * The engine's process. It answers one request at a time and lives as long as its host's channel: a crash of the
 * native library, or a kill, costs one profile and not the editor.
 */

const folder = mkdtempSync(join(tmpdir(), 'ml-preflight-engine-'));

let current: Database | undefined;
let cancelled = false;

async function answer(request: ProfileRequest): Promise<Result<Profile>> {
  cancelled = false;
  try {
    current = await openDatabase(request.files, request.threads, folder);
    if (cancelled) return failed(cancellation(request));
    const profile = await profileData(current, request, (progress) =>
      send({ type: 'progress', progress }),
    );
    return ok(profile);
  } catch (error) {
    if (cancelled) return failed(cancellation(request));
    const [file] = request.files;
    return failed(error instanceof DataError ? error.problem : readFailure(file, error).problem);
  } finally {
    const finished = current;
    current = undefined;
    await finished?.close();
  }
}

function cancellation({ dataset }: ProfileRequest) {
  return { code: 'cancelled', message: `Profiling ${dataset} was cancelled.` };
}

function send(message: FromEngine): void {
  if (process.connected) process.send?.(message);
}

process.on('message', (message: ToEngine) => {
  switch (message.type) {
    case 'profile':
      void answer(message.request).then((result) => send({ type: 'done', result }));
      break;
    case 'cancel':
      cancelled = true;
      current?.connection.interrupt();
      break;
  }
});
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
process.on('disconnect', () => process.exit());
// Ctrl+C in a terminal reaches the whole process group; the host decides what it means.
process.on('SIGINT', () => {});
send({ type: 'started', folder });
