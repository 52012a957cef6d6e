import type { CiCommand } from '../detector';
import type { FileIndex } from '../files/fileIndex';
import { matchesGlob } from '../files/globMatch';
import { resolvePath } from '../files/paths';
import { splitCommands } from '../shell/simpleCommands';
import { parseYaml, type YamlNode } from '../yamlNode';
import type { CiFile } from './ciFile';

const ROOT = '.gitlab-ci.yml';
/** Keys at the top that are no jobs (docs.gitlab.com, CI/CD YAML syntax reference). */
const NO_JOBS = new Set([
  'after_script',
  'before_script',
  'cache',
  'default',
  'image',
  'include',
  'services',
  'spec',
  'stages',
  'variables',
  'workflow',
]);
const CHECKOUT = /^\$(?:\{CI_PROJECT_DIR\}|CI_PROJECT_DIR)\/?/;
/** Chains of `extends` and `!reference` longer than this are loops; GitLab itself allows 11 and 10. */
const DEEPEST = 12;

interface Job {
  readonly file: string;
  readonly node: YamlNode;
}

/** The pipeline of a GitLab project, with the local files that it includes. */
export async function readGitlabCi(files: FileIndex): Promise<readonly CiFile[]> {
  if (!files.has(ROOT)) return [];
  const roots = await readIncluded(files);
  const jobs = new Map<string, Job>();
  // What comes later wins, and the file that includes comes after what it includes.
  for (const { file, node } of [...roots].reverse()) {
    for (const { key, value } of node.entries()) jobs.set(key, { file, node: value });
  }
  const commands = [...jobs].flatMap(([name, job]) =>
    name.startsWith('.') || NO_JOBS.has(name) ? [] : new JobReader(name, job, jobs).read(),
  );
  return roots.map(({ file }) => ({
    path: file,
    commands: commands.filter(({ evidence }) => evidence.file === file),
  }));
}

/** The file itself first, then what it includes, each once. */
async function readIncluded(files: FileIndex): Promise<readonly Job[]> {
  const found: Job[] = [];
  const known = new Set([ROOT]);
  for (const file of known) {
    const text = await files.readText(file);
    if (!text.ok) continue;
    const node = parseYaml(text.value, file).root;
    found.push({ file, node });
    for (const path of localIncludes(node, files)) known.add(path);
  }
  return found;
}

/** `include: /ci/train.yml`, `include: {local: ci/*.yml}`, and lists of both. Other projects' files are not here. */
function localIncludes(node: YamlNode, files: FileIndex): readonly string[] {
  const included = node.get('include')?.items() ?? [];
  return included.flatMap((item) => {
    const written = item.text ?? item.get('local')?.text;
    if (written === undefined || /^https?:/.test(written)) return [];
    const path = resolvePath('.', written.replace(/^\//, ''));
    if (path === undefined) return [];
    if (!path.includes('*')) return files.has(path) ? [path] : [];
    return files.withExtension('.yml', '.yaml').filter((one) => matchesGlob(one, path));
  });
}

/** The scripts of one job: its own, or those of the jobs that it extends. */
class JobReader {
  constructor(
    private readonly name: string,
    private readonly job: Job,
    private readonly jobs: ReadonlyMap<string, Job>,
  ) {}

  read(): readonly CiCommand[] {
    const parts = ['before_script', 'script', 'after_script'].flatMap((key) => this.linesOf(key));
    return joinLines(parts).map(({ command, cwd, file, line }) => ({
      tool: 'gitlab-ci',
      command,
      cwd,
      job: this.name,
      evidence: { file, line },
    }));
  }

  private linesOf(key: string): readonly ScriptLine[] {
    const own = this.find(this.job, key, 0);
    const found = own ?? (key === 'script' ? undefined : this.defaultOf(key));
    return found === undefined ? [] : this.expand(found, 0);
  }

  private defaultOf(key: string): Job | undefined {
    const { file, node } = this.jobs.get('default') ?? this.job;
    const value = node.get(key) ?? undefined;
    if (value !== undefined && this.jobs.has('default')) return { file, node: value };
    return this.jobs.get(key);
  }

  private find({ file, node }: Job, key: string, depth: number): Job | undefined {
    const own = node.get(key);
    if (own !== undefined) return { file, node: own };
    if (depth > DEEPEST) return undefined;
    for (const base of [...(node.get('extends')?.items() ?? [])].reverse()) {
      const job = this.jobs.get(base.text ?? '');
      const inherited = job === undefined ? undefined : this.find(job, key, depth + 1);
      if (inherited !== undefined) return inherited;
    }
    return undefined;
  }

  /** A script is a text, or a list of texts, of lists, and of `!reference [JOB, KEY]`. */
  private expand({ file, node }: Job, depth: number): readonly ScriptLine[] {
    if (depth > DEEPEST) return [];
    if (node.tag === '!reference') {
      const [job, key] = node.items().map((item) => item.text ?? '');
      const referred = this.jobs.get(job ?? '');
      const found = referred === undefined ? undefined : this.find(referred, key ?? '', depth);
      return found === undefined ? [] : this.expand(found, depth + 1);
    }
    if (node.isList)
      return node.items().flatMap((item) => this.expand({ file, node: item }, depth + 1));
    return node.text === undefined ? [] : [{ text: node.text, file, line: node.textLine }];
  }
}

interface ScriptLine {
  readonly text: string;
  readonly file: string;
  readonly line: number;
}

/** All lines of a job run in one shell, in which a `cd` holds for those that follow. */
function joinLines(lines: readonly ScriptLine[]) {
  let cwd = '.';
  return lines.map(({ text, file, line }) => {
    const before = cwd;
    for (const { words } of splitCommands(text)) {
      if (words[0] !== 'cd') continue;
      cwd = resolvePath(cwd, (words[1] ?? '.').replace(CHECKOUT, '') || '.') ?? cwd;
    }
    return { command: text, cwd: before, file, line };
  });
}
