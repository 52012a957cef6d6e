import { dictMethod, listMethod } from './containerMethods';
import type { Arguments, Interpreter } from './interpreter';
import { UNKNOWN, type PyValue } from './pyValue';
import { textMethod } from './textMethods';

/** `object.name(…)`, the object being the first argument. */
export function callMethod(name: string, given: Arguments, interpreter: Interpreter): PyValue {
  const [object = UNKNOWN, ...rest] = given.positional;
  const own = { ...given, positional: rest };
  if (object.kind === 'text') return textMethod(object, name, own);
  if (object.kind === 'list') return listMethod(object, name, own, interpreter);
  if (object.kind === 'dict') return dictMethod(object, name, own, interpreter);
  return UNKNOWN;
}
