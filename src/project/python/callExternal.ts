import type { CallArguments } from './callArguments';
import type { Evaluation } from './evaluation';
import {
  joinAlternatives,
  joinPath,
  listItems,
  parentPath,
  text,
  textsOf,
  type Values,
} from './values';

type External = (call: CallArguments, evaluation: Evaluation) => Values;

const first: External = ({ argument }) => argument(0);
const join: External = ({ all }) =>
  all.length === 0 ? [text('.')] : joinAlternatives(all, joinPath);
const parse: External = ({ all, keywords }, evaluation) =>
  parsed([...(all[0] ?? []), ...(keywords.get('stream') ?? [])], evaluation);

/** The functions outside of the project whose value can be told, by their full names. */
const EXTERNALS: readonly (readonly [RegExp, External])[] = [
  [/^(?:pathlib\.)?(?:Pure)?(?:Posix)?Path$/, join],
  [/^(?:os\.path|posixpath)\.join$/, join],
  [/^(?:pathlib\.)?Path\.cwd$|^os\.getcwd$/, () => [text('.')]],
  [/^os\.path\.dirname$/, ({ argument }) => textsOf(argument(0)).map(parentPath)],
  [
    /^os\.path\.(?:abspath|realpath|normpath|expanduser|expandvars)$|^os\.fspath$|^str$/,
    ({ argument }) => argument(0),
  ],
  [
    /^os\.path\.basename$/,
    ({ argument }) =>
      textsOf(argument(0)).map(({ text: path }) => text(path.slice(path.lastIndexOf('/') + 1))),
  ],
  [/^os\.(?:getenv|environ\.get)$/, ({ argument }) => argument(1, 'default')],
  [/^(?:io\.|codecs\.|gzip\.|bz2\.)?open$|^fsspec\.open$/, openFile],
  [
    /^(?:ruamel\.)?yaml\.(?:safe_load|load|full_load|unsafe_load)$|^json\.loads?$|^(?:toml|tomllib|tomli)\.loads?$/,
    parse,
  ],
  [/(?:^|\.)OmegaConf\.load$/, parse],
  [/(?:^|\.)OmegaConf\.(?:create|to_container|merge)$/, first],
  [/(?:^|\.)(?:Box|ConfigBox|Munch|EasyDict|DotMap|AttrDict|munchify)$/, first],
  [/^dvc\.api\.params_show$/, (_, evaluation) => evaluation.context.configOf(text('params.yaml'))],
  [/^contextlib\.closing$|^copy\.(?:deep)?copy$/, first],
  [/^(?:list|tuple|set|sorted|reversed|iter|tqdm|vars)$|\.tqdm$/, first],
  [
    /^enumerate$/,
    ({ argument }) => [
      {
        kind: 'list',
        items: argument(0)
          .flatMap(listItems)
          .map((item) => [{ kind: 'list', items: [[], item] }]),
      },
    ],
  ],
  [/^zip$/, ({ all }) => zip(all)],
  [
    /^dict$|(?:^|\.)SimpleNamespace$/,
    ({ keywords, argument }) => [...argument(0), { kind: 'map', entries: keywords }],
  ],
  [/^glob\.i?glob$/, ({ argument }) => [{ kind: 'list', items: [argument(0)] }]],
  [
    /^(?:typer\.(?:Option|Argument)|(?:pydantic\.)?Field|(?:dataclasses\.)?field)$|(?:^|\.)(?:Field|Option|Argument|field)$/,
    ({ argument }) => argument(0, 'default'),
  ],
];

/** What a call of a function outside of the project returns; nothing where that is not known. */
export function callExternal(name: string, call: CallArguments, evaluation: Evaluation): Values {
  if (name.endsWith('.parse_args')) return evaluation.options();
  const known = EXTERNALS.find(([pattern]) => pattern.test(name));
  return known === undefined ? [] : known[1](call, evaluation);
}

/** `open(path, mode)`, and `path.open(mode)` with the path given. */
export function openFile({ argument }: CallArguments): Values {
  const modes = textsOf(argument(1, 'mode'));
  const writes = modes.some((mode) => /[wax]/.test(mode.text));
  return textsOf(argument(0, 'file', 'filename')).map((path) => ({ kind: 'file', path, writes }));
}

/** What YAML or JSON in a file or in its text contains. */
export function parsed(sources: Values, evaluation: Evaluation): Values {
  return sources.flatMap((source) => {
    if (source.kind === 'file' || source.kind === 'content')
      return evaluation.context.configOf(source.path);
    return source.kind === 'text' ? evaluation.context.configOf(source) : [];
  });
}

function zip(lists: readonly Values[]): Values {
  const items = lists.map((list) => list.flatMap(listItems));
  const length = Math.min(...items.map((list) => list.length));
  if (!Number.isFinite(length)) return [];
  const rows = Array.from({ length }, (_, row): Values => [
    { kind: 'list', items: items.map((list) => list[row] ?? []) },
  ]);
  return [{ kind: 'list', items: rows }];
}
