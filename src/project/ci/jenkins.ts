import type { CiCommand } from '../detector';
import type { FileIndex } from '../files/fileIndex';
import { mapConcurrent } from '../../base/mapConcurrent';
import { baseName, resolvePath } from '../files/paths';
import type { CiFile } from './ciFile';
import { readGroovyTokens, type GroovyToken } from './groovyTokens';

/** `Jenkinsfile`, `Jenkinsfile.train`, `ci/train.Jenkinsfile`, `train.jenkinsfile`. */
const NAME = /^Jenkinsfile(?:[.\-_]\w+)*$|\.jenkinsfile$/i;
const CHECKOUT = /^(?:\$\{(?:env\.)?WORKSPACE\}|\$WORKSPACE)\/?/;
const SHELLS = new Set(['sh', 'bat']);

/** The Jenkinsfiles of a project, declarative or scripted: which stage runs which shell text in which folder. */
export async function readJenkins(files: FileIndex): Promise<readonly CiFile[]> {
  const paths = files.paths.filter((path) => NAME.test(baseName(path)));
  const found = await mapConcurrent(paths, 8, async (path) => {
    const text = await files.readText(path);
    return text.ok ? [{ path, commands: commandsOf(text.value, path) }] : [];
  });
  return found.flat();
}

interface Block {
  readonly job: string | undefined;
  readonly cwd: string;
}

function commandsOf(source: string, file: string): readonly CiCommand[] {
  const tokens = [...readGroovyTokens(source)];
  const commands: CiCommand[] = [];
  const blocks: Block[] = [];
  let inside: Block = { job: undefined, cwd: '.' };
  // What the next block will be: `stage('Train') {`, `dir('ml') {`.
  let next: Block | undefined;
  tokens.forEach((token, at) => {
    const argument = token.kind === 'word' ? argumentOf(tokens, at) : undefined;
    if (token.kind === 'sign' && token.value === '{') {
      blocks.push(inside);
      inside = next ?? inside;
      next = undefined;
    } else if (token.kind === 'sign' && token.value === '}') inside = blocks.pop() ?? inside;
    else if (argument === undefined) return;
    else if (token.value === 'stage') next = { ...inside, job: argument.value };
    else if (token.value === 'dir') next = { ...inside, cwd: folderOf(inside.cwd, argument.value) };
    else if (SHELLS.has(token.value)) {
      const { job, cwd } = inside;
      const evidence = { file, line: argument.line };
      const named = job === undefined ? {} : { job };
      commands.push({ tool: 'jenkins', command: argument.value, cwd, evidence, ...named });
    }
  });
  return commands;
}

/** The text that a step is given: `sh 'x'`, `sh('x')`, `sh(returnStatus: true, script: 'x')`, `sh script: 'x'`. */
function argumentOf(tokens: readonly GroovyToken[], step: number): GroovyToken | undefined {
  let at = step + 1;
  if (isSign(tokens[at], '(')) at += 1;
  if (tokens[at]?.kind === 'text') return tokens[at];
  for (; isSign(tokens[at + 1], ':'); at += 1) {
    const name = tokens[at]?.value;
    at += 2;
    if (name === 'script' || name === 'path' || name === 'name')
      return tokens[at]?.kind === 'text' ? tokens[at] : undefined;
    at += 1;
    if (!isSign(tokens[at], ',')) return undefined;
  }
  return undefined;
}

function isSign(token: GroovyToken | undefined, value: string): boolean {
  return token?.kind === 'sign' && token.value === value;
}

function folderOf(cwd: string, written: string): string {
  return resolvePath(cwd, written.replace(CHECKOUT, '') || '.') ?? cwd;
}
