import { extensionOf } from '../files/paths';
import { calleeName } from './calleeName';
import { argumentsOf } from './evaluateCall';
import type { Evaluation } from './evaluation';
import { ioFunctions, isIoName, ioMethods, pathMethodAccess, type IoCall } from './ioCalls';
import type { CallExpression, Expression, Scope } from './syntax';
import { joinAlternatives, joinPath, textsOf, type TextValue, type Values } from './values';

/** One file that a call reads or writes. */
export interface Access {
  readonly access: IoCall['access'];
  readonly path: TextValue;
  /** The module that the call is in, relative to the root, and its line. */
  readonly file: string;
  readonly line: number;
  /** What is written, where that is a name: `model`, `scaler`. */
  readonly subject?: string;
  /** What the file is a copy of. */
  readonly copyOf?: readonly TextValue[];
}

interface Found {
  /** Whether the call does anything with files at all. */
  readonly known: boolean;
  readonly accesses: readonly Access[];
}

/** A function that is called from more places is taken with all its calls at once. */
const MOST_SITES = 20;

/** What one call does with files; for one inside a function, from each place that the function is called from. */
export function findAccesses(call: CallExpression, scope: Scope, evaluation: Evaluation): Found {
  if (!mayAccess(call, evaluation.context.program.moduleOf(scope).scope)) return NOTHING;
  const together = findOnce(call, scope, evaluation);
  const sites = evaluation.context.callSites.get(scope) ?? [];
  if (together.accesses.length === 0 || sites.length < 2 || sites.length > MOST_SITES)
    return together;
  const apart = sites.map((site) => findOnce(call, scope, evaluation.forCall(scope, site)));
  return { known: true, accesses: apart.flatMap((one) => one.accesses) };
}

const NOTHING: Found = { known: false, accesses: [] };

/** By its name, or because an import may call it anything. */
function mayAccess(call: CallExpression, { imports }: Scope): boolean {
  const name = calleeName(call);
  if (name === undefined) return false;
  return isIoName(name) || imports.some((one) => one.bound === name && one.name !== name);
}

function findOnce(call: CallExpression, scope: Scope, evaluation: Evaluation): Found {
  const place = { file: evaluation.context.program.moduleOf(scope).path, line: call.line };
  const callees = evaluation.evaluate(call.callee, scope);
  const names = callees.flatMap((callee) => (callee.kind === 'external' ? [callee.name] : []));
  const opened = openedFiles(call, scope, names, evaluation);
  if (opened !== undefined) {
    return { known: true, accesses: opened.map((one) => ({ ...place, ...one })) };
  }
  const rules = names.length > 0 ? names.flatMap(ioFunctions) : [];
  const byMethod =
    rules.length === 0 && call.callee.kind === 'attribute'
      ? methodRules(call.callee.name, callees)
      : [];
  const found = [...rules, ...byMethod].flatMap((rule) =>
    accessesOf(rule, call, scope, evaluation).map((one) => ({ ...place, ...one })),
  );
  const ofPath = pathMethods(call, scope, evaluation).map((one) => ({ ...place, ...one }));
  return {
    known: rules.length + byMethod.length + ofPath.length > 0,
    accesses: [...linkCopies(found), ...ofPath],
  };
}

type Unplaced = Pick<Access, 'access' | 'path' | 'subject'>;

/** `open(path, mode)` and `path.open(mode)`; undefined where the call is neither. */
function openedFiles(
  call: CallExpression,
  scope: Scope,
  names: readonly string[],
  evaluation: Evaluation,
): readonly Unplaced[] | undefined {
  const isOpen = names.some((name) => /(?:^|\.)open$/.test(name));
  const isPathOpen = call.callee.kind === 'attribute' && call.callee.name === 'open';
  if (!isOpen && !isPathOpen) return undefined;
  const files = evaluation.evaluate(call, scope).filter((value) => value.kind === 'file');
  if (!isOpen && files.length === 0) return undefined;
  return files.map(({ path, writes }) => ({ path, access: writes ? 'write' : 'read' }));
}

function methodRules(name: string, callees: Values): readonly (IoCall & { needsFile: boolean })[] {
  // A method of a class of the project is read itself.
  return callees.some((callee) => callee.kind === 'function') ? [] : ioMethods(name);
}

function accessesOf(
  rule: IoCall & { readonly needsFile?: boolean },
  call: CallExpression,
  scope: Scope,
  evaluation: Evaluation,
): readonly Unplaced[] {
  const { argument } = argumentsOf(call, scope, evaluation);
  const written = rule.subject === undefined ? undefined : call.positional[rule.subject];
  const subject = written ?? (call.callee.kind === 'attribute' ? call.callee.object : undefined);
  const name = rule.access === 'write' ? nameOf(subject) : undefined;
  return textsOf(argument(rule.position, ...rule.names))
    .filter((path) => rule.needsFile !== true || extensionOf(path.text) !== '')
    .map((path) => ({
      access: rule.access,
      path,
      ...(name === undefined ? {} : { subject: name }),
    }));
}

function pathMethods(
  call: CallExpression,
  scope: Scope,
  evaluation: Evaluation,
): readonly Unplaced[] {
  if (call.callee.kind !== 'attribute') return [];
  const { object, name } = call.callee;
  const access = pathMethodAccess(name);
  if (access === undefined) return [];
  const paths = textsOf(evaluation.evaluate(object, scope));
  if (!/^r?glob$/.test(name)) return paths.map((path) => ({ access, path }));
  const { argument } = argumentsOf(call, scope, evaluation);
  return textsOf(joinAlternatives([paths, argument(0)], joinPath)).map((path) => ({
    access,
    path,
  }));
}

/** `shutil.copyfile(from, to)`: what is written is a copy of what is read. */
function linkCopies(accesses: readonly Access[]): readonly Access[] {
  const read = accesses.flatMap((one) => (one.access === 'read' ? [one.path] : []));
  if (read.length === 0) return accesses;
  return accesses.map((one) => (one.access === 'write' ? { ...one, copyOf: read } : one));
}

function nameOf(expression: Expression | undefined): string | undefined {
  if (expression?.kind === 'name') return expression.name;
  return expression?.kind === 'attribute' ? expression.name : undefined;
}
