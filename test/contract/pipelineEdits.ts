import { createHash } from 'node:crypto';
import {
  appendFile,
  chmod,
  mkdir,
  readFile,
  rename,
  rm,
  symlink,
  utimes,
  writeFile,
} from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** Ways to change a project, by their titles. */
export type Edits = Readonly<Record<string, (project: EditedProject) => Promise<unknown>>>;

/** The files of a project, to be changed. All paths are relative to its root. */
export class EditedProject {
  constructor(private readonly root: string) {}

  at(path: string): string {
    return join(this.root, path);
  }

  async write(path: string, content: string | Buffer): Promise<void> {
    await mkdir(dirname(this.at(path)), { recursive: true });
    await writeFile(this.at(path), content);
  }

  append(path: string, text: string): Promise<void> {
    return appendFile(this.at(path), text);
  }

  /** Fails where there is nothing to replace, because the edit would then be none. */
  async replace(path: string, before: string | RegExp, after: string): Promise<void> {
    const text = await readFile(this.at(path), 'utf8');
    const replaced = text.replace(before, after);
    if (replaced === text) throw new Error(`${path} has no ${String(before)}.`);
    await writeFile(this.at(path), replaced);
  }

  remove(path: string): Promise<void> {
    return rm(this.at(path), { recursive: true });
  }

  move(from: string, to: string): Promise<void> {
    return rename(this.at(from), this.at(to));
  }

  link(target: string, path: string): Promise<void> {
    return symlink(target, this.at(path));
  }

  touch(path: string): Promise<void> {
    return utimes(this.at(path), new Date(), new Date(2001, 2, 3));
  }
}

const LARGE_BYTES = 5 * 2 ** 20;

export const TUMOURS_EDITS: Edits = {
  nothing: async () => undefined,
  'touching a file': (p) => p.touch('src/train.py'),
  'making a file executable': (p) => chmod(p.at('src/train.py'), 0o755),
  'a comment in a script': (p) => p.append('src/train.py', '# more\n'),
  'a row more in the data': (p) => p.append('data/tumours.csv', '1,2,3\n'),
  'the data with CRLF': (p) => p.replace('data/tumours.csv', /\n/g, '\r\n'),
  'a missing dependency': (p) => p.remove('src/evaluate.py'),
  'a dependency renamed': (p) => p.move('src/evaluate.py', 'src/score.py'),
  'a dependency that is a link to the same content': async (p) => {
    await p.move('src/train.py', 'elsewhere.py');
    await p.link('../elsewhere.py', 'src/train.py');
  },
  'a dependency that is a folder now': async (p) => {
    await p.remove('src/train.py');
    await p.write('src/train.py/main.py', '');
  },
  'an empty dependency': (p) => p.write('src/prepare.py', ''),
  'a large binary dependency': (p) =>
    p.write('src/prepare.py', Buffer.alloc(LARGE_BYTES, 'a\r\nb')),
  'an output that a later stage reads': (p) => p.append('data/train.parquet', 'x'),
  'an output that nobody reads': (p) => p.append('out/predictions.csv', 'x'),
  'a missing output': (p) => p.remove('models/model.joblib'),
  'a missing folder of an output': (p) => p.remove('models'),
  'metrics edited by hand': (p) => p.write('metrics.json', '{}'),
  'a parameter of one stage': (p) =>
    p.replace('params.yaml', /n_estimators: .*/, 'n_estimators: 61'),
  'a parameter that is the same number written otherwise': (p) =>
    p.replace('params.yaml', /threshold: 0\.5\b/, 'threshold: 5.0e-1'),
  'a parameter more in a tracked map': (p) =>
    p.replace('params.yaml', /^train:\n/m, 'train:\n  extra: [1, 2]\n'),
  'a parameter less': (p) => p.replace('params.yaml', /^ +threshold:.*\n/m, ''),
  'a whole map of parameters less': (p) => p.replace('params.yaml', /^evaluate:/m, 'other:'),
  'a parameter that nobody tracks': (p) => p.append('params.yaml', 'untracked: 1\n'),
  'the parameters in another order, with comments': (p) =>
    p.replace('params.yaml', /^( +test_share:.*\n)( +seed:.*\n)/m, '# comment\n$2$1'),
  'no file of parameters': (p) => p.remove('params.yaml'),
  'a command': (p) =>
    p.replace('dvc.yaml', 'cmd: python src/train.py', 'cmd: python -O src/train.py'),
  'a command that is a list': (p) =>
    p.replace('dvc.yaml', 'cmd: python src/train.py', 'cmd: [python src/train.py, echo done]'),
  'a dependency more': (p) =>
    p.replace('dvc.yaml', '      - src/train.py\n', '      - src/train.py\n      - README.md\n'),
  'a dependency less': (p) => p.replace('dvc.yaml', '      - src/train.py\n', ''),
  'an output more that is there': (p) =>
    p.replace('dvc.yaml', /outs:\n {6}- models/, 'outs:\n      - README.md\n      - models'),
  'a parameter tracked anew': (p) =>
    p.replace('dvc.yaml', '      - train\n', '      - train\n      - prepare.seed\n'),
  'a stage more': (p) => p.append('dvc.yaml', '  extra:\n    cmd: echo\n    deps: [README.md]\n'),
  'a stage renamed': (p) => p.replace('dvc.yaml', /^ {2}evaluate:/m, '  score:'),
  'a stage frozen, and its dependency changed': async (p) => {
    await p.replace('dvc.yaml', /^ {2}train:\n/m, '  train:\n    frozen: true\n');
    await p.append('src/train.py', '# more\n');
  },
  'a stage frozen, and its output changed': async (p) => {
    await p.replace('dvc.yaml', /^ {2}train:\n/m, '  train:\n    frozen: true\n');
    await p.append('models/model.joblib', 'x');
  },
  'a stage that is always changed': (p) =>
    p.replace('dvc.yaml', /^ {2}train:\n/m, '  train:\n    always_changed: true\n'),
  'no lock file': (p) => p.remove('dvc.lock'),
  'a stage less in the lock file': (p) => p.replace('dvc.lock', /^ {2}train:\n(?: {4}.*\n)*/m, ''),
  'a lock file of DVC 2': (p) => p.replace('dvc.lock', /^ +hash: md5\n/gm, ''),
  'a lock file of DVC 2, and scripts with CRLF': async (p) => {
    await p.replace('dvc.lock', /^ +hash: md5\n/gm, '');
    await p.replace('src/prepare.py', /\n/g, '\r\n');
  },
  'an empty cache': (p) => p.remove('.dvc/cache'),
  'a cache elsewhere': async (p) => {
    await p.move('.dvc/cache', 'moved');
    await p.append('.dvc/config', '[cache]\n    dir = ../moved\n');
  },
};

export const WORKSHOP_EDITS: Edits = {
  nothing: async () => undefined,
  'a member of a folder changed': (p) => p.append('raw/a.txt', 'more\n'),
  'a file more in a folder': (p) => p.write('raw/c/d.txt', 'new'),
  'a file less in a folder': (p) => p.remove('raw/b.txt'),
  'a member renamed': (p) => p.move('raw/a.txt', 'raw/z.txt'),
  'an empty folder more': (p) => mkdir(p.at('raw/empty')),
  'a link to a folder more': (p) => p.link('../desk', 'raw/link'),
  'a link to a file more': (p) => p.link('../desk/settings.json', 'raw/link'),
  'an ignored file more in a folder': async (p) => {
    await p.write('.dvcignore', '# comment\n*.tmp\n/raw/skipped/\n!raw/kept.tmp\n');
    await p.write('raw/x.tmp', 'x');
    await p.write('raw/skipped/y.txt', 'y');
  },
  'a file more that is not ignored after all': async (p) => {
    await p.write('.dvcignore', '*.tmp\n!raw/kept.tmp\n');
    await p.write('raw/kept.tmp', 'x');
  },
  'a repository of DVC within a folder': async (p) => {
    await p.write('raw/inner/.dvc/config', '');
    await p.write('raw/inner/data.txt', 'x');
  },
  'version control within a folder': (p) => p.write('raw/.git/HEAD', 'x'),
  'a member of an output folder changed': (p) => p.append('parts/deep/b ü.txt', 'x'),
  'a member of an output folder missing': (p) => p.remove('parts/a.txt'),
  'an object of an output folder missing in the cache': (p) => {
    const digest = createHash('md5').update('three\n').digest('hex');
    return p.remove(`.dvc/cache/files/md5/${digest.slice(0, 2)}/${digest.slice(2)}`);
  },
  'an output of a foreach stage': (p) => p.append('counts/a.txt', 'x'),
  'an output without cache missing': (p) => p.remove('counts/b.txt'),
  'an item more': (p) => p.replace('dvc.yaml', 'foreach: [a, b]', 'foreach: [a, b, c]'),
  'a variable of the templates': (p) => p.replace('dvc.yaml', 'folder: parts', 'folder: pieces'),
  'a parameter in JSON': (p) => p.replace('desk/settings.json', '0.1', '0.2'),
  'a nested parameter in JSON': (p) => p.replace('desk/settings.json', '"depth": 3', '"depth": 4'),
  'an untracked parameter in JSON': (p) =>
    p.replace('desk/settings.json', '"unused": 1', '"unused": 2'),
  'a parameter in a TOML file that is tracked as a whole': (p) =>
    p.replace('desk/whole.toml', '"x"', '"y"'),
  'a parameter more in a file that is tracked as a whole': (p) =>
    p.append('desk/whole.toml', 'more = 1\n'),
  'a parameter less in a file that is tracked as a whole': (p) =>
    p.replace('desk/whole.toml', 'size = 8\n', ''),
  'a list in another order': (p) => p.replace('desk/values.yaml', '[b, a]', '[a, b]'),
  'a switch': (p) => p.replace('desk/values.yaml', 'switch: on', 'switch: true'),
  'an integer that is a float now': (p) => p.replace('desk/whole.toml', 'size = 8', 'size = 8.0'),
  'a working folder': async (p) => {
    await p.replace('dvc.yaml', 'wdir: desk', 'wdir: job');
    await p.move('desk', 'job');
  },
  'an output of a stage in a folder': (p) => p.append('sub/out.txt', 'x'),
  'the lock file of a folder': (p) => p.remove('sub/dvc.lock'),
  'the order of two commands': (p) =>
    p.replace('dvc.yaml', /( {6}- mkdir.*\n)( {6}- cp.*\n)/, '$2$1'),
  'a folded command with other line breaks': (p) =>
    p.replace(
      'dvc.yaml',
      'cat ../parts/a.txt\n      > model.txt',
      'cat ../parts/a.txt > model.txt',
    ),
};
