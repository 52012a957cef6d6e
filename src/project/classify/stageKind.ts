import { folderOf, stemOf } from '../files/paths';
import type { KnownKind } from '../detector';

/** How the words of stage names begin. */
const WORDS: readonly (readonly [KnownKind, RegExp])[] = [
  [
    'ingest',
    /^(ingest|download|fetch|scrap|crawl|collect|extract|etl|import(?!ance)|acquir|warehouse)/,
  ],
  ['validate', /^(validat|check(?!point)|expectation|quality|verify|sanity)/],
  ['evaluate', /^(eval|val$|score|scoring|benchmark|metric|report|predict|infer|assess|test)/],
  ['deploy', /^(deploy|serv|publish|releas|promot|regist|rollout|export|ship)/],
  ['train', /^(train|fit|finetun|tun(e|ing)|hyperparam|hpo|pretrain)/],
  [
    'prepare',
    /^(prepar|prep|preprocess|process|clean(?!up)|feat|split|transform|augment|tokeni|normali|impute|merge|join|label)/,
  ],
];

/** Words that say something only where no other word does. */
const WEAK_WORDS: readonly (readonly [KnownKind, RegExp])[] = [
  ['ingest', /^(get|load|pull|read)/],
  ['prepare', /^dataset/],
  ['train', /^(model|learn)/],
];

/** The kind that a name says (`train_model`, `01-prepare-data`); undefined where it says none. */
export function kindOfName(name: string): KnownKind | undefined {
  const words = wordsOf(name);
  // `train_test_split` does one thing, and a model is validated by evaluating it.
  if (words.some((word) => word.startsWith('split'))) return 'prepare';
  // The verb comes first: `train_model`, `evaluate_train_data`.
  const kind = firstKind(words, WORDS);
  if (kind === 'validate' && words.includes('model')) return 'evaluate';
  return kind ?? firstKind(words, WEAK_WORDS);
}

/** The kind that a script's path says: its name, else its folder where that names one thing only. */
export function kindOfPath(path: string): KnownKind | undefined {
  return kindOfName(stemOf(path)) ?? kindOfFolder(path);
}

/** The kind that the folder of a script says, where it names one thing only. */
export function kindOfFolder(path: string): KnownKind | undefined {
  const folder = folderOf(path).split('/').at(-1) ?? '';
  const words = wordsOf(folder);
  if (words.some((word) => word.startsWith('split'))) return 'prepare';
  const kinds = new Set(words.map((word) => firstKind([word], WORDS)));
  kinds.delete(undefined);
  // `get_data/run.py`; but `models/` holds anything.
  if (kinds.size === 0 && /^(?:get|load|pull|read)$/.test(words[0] ?? '')) return 'ingest';
  return kinds.size === 1 ? [...kinds][0] : undefined;
}

function wordsOf(name: string): string[] {
  const spaced = name.replace(/([a-z])([A-Z])/g, '$1 $2').toLowerCase();
  return spaced.split(/[^a-z]+/).filter((word) => word !== '');
}

function firstKind(words: readonly string[], known: typeof WORDS): KnownKind | undefined {
  for (const word of words) {
    const match = known.find(([, beginning]) => beginning.test(word));
    if (match !== undefined) return match[0];
  }
  return undefined;
}
