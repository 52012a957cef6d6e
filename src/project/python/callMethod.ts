import type { CallArguments } from './callArguments';
import { openFile, parsed } from './callExternal';
import { fillBraces } from './formatText';
import type { Evaluation } from './evaluation';
import {
  joinAlternatives,
  joinPath,
  parentPath,
  text,
  textsOf,
  type MapValue,
  type TextValue,
  type Value,
  type Values,
} from './values';

/** What a method returns, by its name and what it is called on; nothing where that is not known. */
export function callMethod(
  objects: Values,
  name: string,
  call: CallArguments,
  evaluation: Evaluation,
): Values {
  // The parser itself is unknown, which does not matter: its options are read from the calls that add them.
  if (name === 'parse_args') return evaluation.options();
  if (name === 'parse_known_args') return [{ kind: 'list', items: [evaluation.options()] }];
  if (name === 'load' && objects.length === 0) return parsed(call.argument(0), evaluation);
  return objects.flatMap((object) => methodOf(object, name, call));
}

function methodOf(object: Value, name: string, call: CallArguments): Values {
  if (object.kind === 'text') return textMethod(object, name, call);
  if (object.kind === 'map') return mapMethod(object, name, call);
  if (object.kind === 'file' && name === 'read') return [{ kind: 'content', path: object.path }];
  const isSame = object.kind === 'content' ? /^(?:decode|strip)$/.test(name) : name === 'copy';
  return isSame ? [object] : [];
}

const SAME_PATH = /^(?:resolve|absolute|expanduser|as_posix|__str__|strip|rstrip|with_segments)$/;

function textMethod(path: TextValue, name: string, call: CallArguments): Values {
  if (SAME_PATH.test(name)) return [path];
  switch (name) {
    case 'joinpath':
      return joinAlternatives([[path], ...call.all], joinPath);
    case 'with_suffix':
      return textsOf(call.argument(0)).map((suffix) =>
        text(path.text.replace(/\.[^./]*$/, '') + suffix.text, path.rooted),
      );
    case 'with_name':
      return textsOf(call.argument(0)).map((other) => joinPath(parentPath(path), other));
    case 'open':
      return openFile({
        ...call,
        argument: (position) => (position === 0 ? [path] : call.argument(0, 'mode')),
      });
    case 'read_text':
    case 'read_bytes':
      return [{ kind: 'content', path }];
    case 'glob':
    case 'rglob':
      return [{ kind: 'list', items: [joinAlternatives([[path], call.argument(0)], joinPath)] }];
    case 'iterdir':
      return [{ kind: 'list', items: [[joinPath(path, text('*'))]] }];
    case 'format':
      return [fillBraces(path, call)];
    case 'replace':
      return replaceText(path, call);
    default:
      return [];
  }
}

function replaceText(path: TextValue, call: CallArguments): Values {
  const [old] = textsOf(call.argument(0));
  const [fresh] = textsOf(call.argument(1));
  if (old === undefined || fresh === undefined) return [];
  return [text(path.text.replaceAll(old.text, fresh.text), path.rooted)];
}

function mapMethod(map: MapValue, name: string, call: CallArguments): Values {
  switch (name) {
    case 'get':
    case 'pop':
    case 'setdefault': {
      const known = textsOf(call.argument(0)).flatMap((key) => map.entries.get(key.text) ?? []);
      return known.length > 0 ? known : call.argument(1, 'default');
    }
    case 'items':
      return [
        {
          kind: 'list',
          items: [...map.entries].map(([key, values]) => [
            { kind: 'list', items: [[text(key)], values] },
          ]),
        },
      ];
    case 'values':
      return [{ kind: 'list', items: [...map.entries.values()] }];
    case 'keys':
      return [{ kind: 'list', items: [...map.entries.keys()].map((key) => [text(key)]) }];
    case 'copy':
      return [map];
    default:
      return [];
  }
}
