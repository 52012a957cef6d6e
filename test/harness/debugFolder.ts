import { inRepository } from './repository';
import { copySample } from './sampleProject';

/** The folder that F5 opens (.vscode/launch.json): a fresh copy of a sample, which may be broken at will. */
async function main(): Promise<void> {
  await copySample('tumours', { folder: inRepository('.cache', 'debug', 'tumours') });
}

void main();
