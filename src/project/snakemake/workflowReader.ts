import type { SyntaxNode } from '@lezer/common';
import { folderOf, resolvePath } from '../files/paths';
import { childrenOf } from '../python/readExpression';
import { readConstraints } from './buildRule';
import { readDirective } from './readDirective';
import { evaluateArguments } from '../evaluate/expressions';
import type { Arguments, Frame } from '../evaluate/interpreter';
import { itemsOf, truthOf } from '../evaluate/pyText';
import { mergeOutcomes } from '../evaluate/statements';
import { assignAll } from '../evaluate/assign';
import { UNKNOWN, type PyValue } from '../evaluate/pyValue';
import type { Namespace, WorkflowState } from './namespace';
import { parseSnakefile } from './parseSnakefile';
import type { RuleReader } from './ruleReader';
import type { Code } from '../evaluate/code';
import type { BranchStatement, Statement } from './snakefile';

/** More Snakefiles than this are no workflow. */
const MOST_SNAKEFILES = 500;
/** A loop around rules goes round this often at most. */
const MOST_TURNS = 2000;

/** Reads Snakefiles statement by statement, as Snakemake would execute them, into the state of a workflow. */
export class WorkflowReader {
  private readonly open: string[] = [];
  readonly ruleReader: RuleReader;

  constructor(
    readonly state: WorkflowState,
    readonly names: Namespace,
    makeRules: (reader: WorkflowReader) => RuleReader,
    /** The reader of the workflow that this one reads a module of. */
    private readonly outer?: WorkflowReader,
  ) {
    this.ruleReader = makeRules(this);
  }

  /** The folder of the Snakefile that is being read. */
  get folder(): string {
    return folderOf(this.open.at(-1) ?? '');
  }

  get file(): string {
    return this.open.at(-1) ?? '';
  }

  /** Whether it is not known that the statement would be executed. */
  get isUncertain(): boolean {
    return this.state.interpreter.uncertain > 0;
  }

  /** @param isMain whether its first rule is the default target */
  async readFile(file: string, isMain: boolean): Promise<boolean> {
    const text = await this.state.files.readText(file);
    if (text === undefined) return false;
    if (this.state.snakefiles.size >= MOST_SNAKEFILES) return true;
    this.state.snakefiles.add(file);
    this.open.push(file);
    const target = this.state.defaultTarget;
    await this.execute(parseSnakefile(text, file, this.state.problems));
    if (!isMain) this.state.defaultTarget = target;
    this.open.pop();
    return true;
  }

  isOpen(file: string): boolean {
    return this.open.includes(file) || this.outer?.isOpen(file) === true;
  }

  async execute(statements: readonly Statement[]): Promise<void> {
    for (const statement of statements) await this.executeOne(statement);
  }

  private async executeOne(statement: Statement): Promise<void> {
    switch (statement.kind) {
      case 'python':
        this.runPython(statement.code);
        return;
      case 'branch':
        await this.executeBranches(statement);
        return;
      case 'block':
        await this.executeBlock(statement.header, statement.body);
        return;
      case 'directive':
        await readDirective(statement, this);
        return;
      case 'rule':
        this.ruleReader.readRule(statement);
        return;
      case 'use':
        await this.ruleReader.readUse(statement);
        return;
      case 'module':
        this.ruleReader.readModule(statement);
    }
  }

  private frameOf(code: Code): Frame {
    return { code, scope: this.names.scope };
  }

  private runPython(code: Code): void {
    this.state.variables.add(code);
    const tree = this.state.interpreter.parser.parse(code.text);
    this.state.interpreter.executeAll(childrenOf(tree.topNode), this.frameOf(code));
  }

  /** The arguments of a directive or a section, as if they stood in a call. */
  evaluate(code: Code): Arguments {
    const wrapped: Code = { ...code, text: `_(${code.text}\n)` };
    const tree = this.state.interpreter.parser.parse(wrapped.text);
    const call = firstCall(tree.topNode);
    const list = call?.getChild('ArgList');
    if (list === null || list === undefined)
      return { positional: [], keywords: new Map(), open: true };
    const error = firstError(list);
    if (error !== undefined) this.reportSyntax(code, wrapped.text.slice(0, error.from));
    return evaluateArguments(list, this.frameOf(wrapped), this.state.interpreter);
  }

  private reportSyntax(code: Code, before: string): void {
    this.state.problems.push({
      code: 'snakemake-invalid',
      message: 'This is not valid Python.',
      file: code.file,
      line: code.line + (before.trimEnd().match(/\n/g)?.length ?? 0),
      fix: 'Look for a missing comma, quote or bracket.',
    });
  }

  evaluateExpression(code: Code): PyValue {
    return this.evaluate(code).positional[0] ?? UNKNOWN;
  }

  /** Of conditions that are not known every branch is read. */
  private async executeBranches({ branches }: BranchStatement): Promise<void> {
    const possible: (readonly Statement[])[] = [];
    let isOneOfThem = false;
    for (const { condition, body } of branches) {
      const truth = condition === undefined ? true : truthOf(this.evaluateExpression(condition));
      if (truth === false) continue;
      possible.push(body);
      isOneOfThem = truth === true;
      if (isOneOfThem) break;
    }
    const [only] = possible;
    if (only !== undefined && possible.length === 1 && isOneOfThem) await this.execute(only);
    else await this.inDoubt(possible, isOneOfThem);
  }

  private async inDoubt(
    blocks: readonly (readonly Statement[])[],
    isOneOfThem: boolean,
  ): Promise<void> {
    const { scope } = this.names;
    const before = scope.variables;
    const outcomes: Map<string, PyValue>[] = isOneOfThem ? [] : [before];
    this.state.interpreter.uncertain++;
    for (const block of blocks) {
      scope.variables = new Map(before);
      await this.execute(block);
      outcomes.push(scope.variables);
    }
    this.state.interpreter.uncertain--;
    if (blocks.length > 0) scope.variables = mergeOutcomes(outcomes);
  }

  private async executeBlock(header: Code, body: readonly Statement[]): Promise<void> {
    const loop = header.text.startsWith('for') ? this.readLoop(header) : undefined;
    const isOnce = /^(?:with|try)\b/.test(header.text);
    if (isOnce) {
      await this.execute(body);
      return;
    }
    if (loop === undefined || loop.open) {
      // `while`, `def`, `except`: it may be executed.
      await this.inDoubt([body], false);
      return;
    }
    for (const item of loop.items.slice(0, MOST_TURNS)) {
      loop.bind(item);
      await this.execute(body);
    }
  }

  private readLoop(header: Code) {
    const code = { ...header, text: `${header.text}\n  pass\n` };
    const tree = this.state.interpreter.parser.parse(code.text);
    const node = tree.topNode.getChild('ForStatement');
    const parts = node === null ? [] : childrenOf(node);
    const position = parts.findIndex((part) => part.name === 'in');
    const source = parts[position + 1];
    if (position === -1 || source === undefined) return undefined;
    const frame = this.frameOf(code);
    const { interpreter } = this.state;
    const targets = parts
      .slice(1, position)
      .filter((part) => part.name !== ',' && part.name !== 'for');
    const bind = (item: PyValue): void => assignAll(targets, item, frame, interpreter);
    const found = itemsOf(interpreter.evaluate(source, frame));
    if (found === undefined) bind(UNKNOWN);
    return found === undefined ? undefined : { ...found, bind };
  }

  addConstraints(given: Arguments): void {
    for (const [name, value] of readConstraints(given)) this.names.constraints.set(name, value);
  }

  /** A path that a Snakefile names relative to its own folder; undefined where it leads out of the project. */
  besideSnakefile(path: string): string | undefined {
    return resolvePath(this.folder, path);
  }
}

function firstCall(node: SyntaxNode): SyntaxNode | null {
  return node.firstChild?.getChild('CallExpression') ?? null;
}

function firstError(node: SyntaxNode): SyntaxNode | undefined {
  const cursor = node.cursor();
  do {
    if (cursor.type.isError && cursor.from < node.to) return cursor.node;
  } while (cursor.next() && cursor.from < node.to);
  return undefined;
}
