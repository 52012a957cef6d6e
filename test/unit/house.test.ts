import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import { CHECKS, PAIR_CHECKS } from '../../src/data/checks/checks';
import { REFERENCE_UNREADABLE } from '../../src/data/checks/referenceUnreadable';
import { configJsonSchema } from '../../src/config/jsonSchema';

/** The rules of the house that no linter knows. */

const ROOT = new URL('../..', `file://${__filename}`).pathname;
const read = (path: string): string => readFileSync(`${ROOT}/${path}`, 'utf8');

const tracked = execFileSync(
  'git',
  ['ls-files', '--cached', '--others', '--exclude-standard', '-z'],
  { cwd: ROOT },
)
  .toString()
  .split('\0')
  .filter((path) => path !== '' && existsSync(`${ROOT}/${path}`));
const sources = tracked.filter((path) => /^(src|webview-ui)\/.*\.ts$/.test(path));

interface Contribution {
  readonly command: string;
  readonly title: string;
}

interface Manifest {
  readonly main: string;
  readonly activationEvents: readonly string[];
  readonly contributes: {
    readonly commands: readonly Contribution[];
    readonly menus: Readonly<Record<string, readonly { readonly command: string }[]>>;
    readonly viewsWelcome: readonly { readonly contents: string }[];
    readonly walkthroughs: readonly {
      readonly steps: readonly {
        readonly description: string;
        readonly media: { readonly image: Readonly<Record<string, string>> };
      }[];
    }[];
  };
}
const manifest = JSON.parse(read('package.json')) as Manifest;

describe('the house', () => {
  it('has only the rooms of the design', () => {
    const allowed = new Set(['.ci', '.github', '.vscode', 'media', 'src', 'test', 'webview-ui']);
    const folders = new Set(
      tracked.filter((path) => path.includes('/')).map((path) => path.split('/')[0] ?? ''),
    );
    assert.deepEqual(
      [...folders].filter((folder) => !allowed.has(folder)),
      [],
    );
  });

  it('explains every rule of the checks on a page of its own, and has no page of a rule that is not there', () => {
    const checked = [...CHECKS, ...PAIR_CHECKS].map(({ rule }) => rule);
    const rules = [...checked, REFERENCE_UNREADABLE];
    const pages = tracked.filter((path) => path.startsWith('media/docs/checks/'));
    assert.deepEqual(
      pages.map((path) => basename(path, '.md')).toSorted(),
      [...new Set(rules)].toSorted(),
    );
  });

  it('names files in camelCase, has no barrels and no drawer for everything', () => {
    const odd = sources.filter((path) => {
      const name = basename(path);
      return (
        !/^[a-z][A-Za-z0-9]*(\.d)?\.ts$/.test(name) ||
        ['index.ts', 'utils.ts', 'helpers.ts'].includes(name)
      );
    });
    assert.deepEqual(odd, []);
  });

  it('has no enum', () => {
    assert.deepEqual(
      sources.filter((path) => /^\s*(export )?(const )?enum /m.test(read(path))),
      [],
    );
  });

  it('imports the editor in its own room only', () => {
    const leaks = sources.filter(
      (path) => !path.startsWith('src/vscode/') && /from ['"]vscode['"]/.test(read(path)),
    );
    assert.deepEqual(leaks, []);
  });

  it('keeps the median file near 80 lines', () => {
    const lengths = sources.map((path) => read(path).split('\n').length).sort((a, b) => a - b);
    const median = lengths[Math.floor(lengths.length / 2)] ?? 0;
    assert.ok(median <= 100, `the median is ${median} lines`);
  });
});

describe('the manifest', () => {
  const declared = manifest.contributes.commands.map((command) => command.command);

  it('declares the commands that the code registers', () => {
    const registered = [
      ...read('src/vscode/commands.ts').matchAll(/^ {2}'(mlPreflight\.[^']+)',$/gm),
    ].map((match) => match[1]);
    assert.deepEqual(new Set(declared), new Set(registered));
  });

  it('refers to declared commands only', () => {
    const { menus, viewsWelcome, walkthroughs } = manifest.contributes;
    const inMenus = Object.values(menus)
      .flat()
      .map((item) => item.command);
    const texts = [
      ...viewsWelcome.map((view) => view.contents),
      ...walkthroughs.flatMap((walk) => walk.steps.map((step) => step.description)),
    ];
    const inTexts = texts.flatMap((text) =>
      [...text.matchAll(/command:(mlPreflight\.[\w.]+)/g)].map((match) => match[1] ?? ''),
    );
    const known = new Set([
      ...declared,
      'mlPreflight.pipeline.focus',
      'mlPreflight.versions.focus',
    ]);
    assert.deepEqual(
      [...inMenus, ...inTexts].filter((command) => !known.has(command)),
      [],
    );
  });

  it('activates in ML projects only', () => {
    assert.ok(!manifest.activationEvents.includes('*'));
    assert.ok(!manifest.activationEvents.includes('onStartupFinished'));
    assert.ok(manifest.activationEvents.includes('workspaceContains:**/preflight.yaml'));
  });

  it('ships the pictures of its walkthrough', () => {
    const images = manifest.contributes.walkthroughs.flatMap((walk) =>
      walk.steps.flatMap((step) => Object.values(step.media.image)),
    );
    assert.deepEqual(
      images.filter((image) => !tracked.includes(image)),
      [],
    );
  });

  it('ships the JSON Schema of the configuration as the code has it (UPDATE=1 rewrites it)', () => {
    const path = 'media/schema/preflight.schema.json';
    if (process.env.UPDATE === '1') writeFileSync(`${ROOT}/${path}`, configJsonSchema());
    assert.equal(read(path), configJsonSchema());
  });
});
