import type { CiCommand } from '../detector';
import type { FileIndex } from '../files/fileIndex';
import { folderOf, resolvePath } from '../files/paths';
import { parseYaml, type YamlNode } from '../yamlNode';
import type { CiFile } from './ciFile';

/** Where the checkout is; commands may name it. */
const CHECKOUT =
  /^\$\((?:System\.DefaultWorkingDirectory|Build\.SourcesDirectory|Pipeline\.Workspace\/s)\)\/?/;
const NAME =
  /(?:^|\/)(?:\.?azure-pipelines?[^/]*|\.?azure-pipelines\/.*|\.(?:pipelines|azuredevops|azure)\/.*)\.ya?ml$/;

/** The Azure Pipelines of a project, with the templates in it that they use. */
export async function readAzurePipelines(files: FileIndex): Promise<readonly CiFile[]> {
  const pending = files.withExtension('.yml', '.yaml').filter((path) => NAME.test(path));
  const known = new Set(pending);
  const found: CiFile[] = [];
  for (let path = pending.shift(); path !== undefined; path = pending.shift()) {
    const text = await files.readText(path);
    if (!text.ok) continue;
    const pipeline = new Pipeline(path);
    pipeline.read(parseYaml(text.value, path).root);
    found.push({ path, commands: pipeline.commands });
    for (const template of pipeline.templates) {
      if (known.has(template) || !files.has(template)) continue;
      known.add(template);
      pending.push(template);
    }
  }
  return found;
}

class Pipeline {
  readonly commands: CiCommand[] = [];
  readonly templates: string[] = [];
  private job: string | undefined;

  constructor(private readonly file: string) {}

  /** Steps stand at any depth: in stages, jobs, deployments with their strategies, conditions. */
  read(node: YamlNode): void {
    if (node.isList) for (const item of node.items()) this.read(item);
    else if (node.isMap) {
      const outer = this.job;
      if (node.get('job') !== undefined || node.get('deployment') !== undefined) {
        this.job = (node.get('displayName') ?? node.get('job') ?? node.get('deployment'))?.text;
      }
      this.readStep(node);
      for (const { value } of node.entries()) this.read(value);
      this.job = outer;
    }
  }

  private readStep(node: YamlNode): void {
    const template = node.get('template')?.text;
    if (template !== undefined) this.addTemplate(template.replace(/@self$/, ''));
    const folder = node.get('workingDirectory')?.text;
    for (const key of ['script', 'bash', 'pwsh', 'powershell']) this.add(node.get(key), folder);
    const inputs = node.get('task') === undefined ? undefined : node.get('inputs');
    if (inputs !== undefined) this.readTask(inputs);
  }

  /** `task: PythonScript@0`, `Bash@3`, `AzureCLI@2` and the like: a script in the inputs, or the path of one. */
  private readTask(inputs: YamlNode): void {
    const folder = (inputs.get('workingDirectory') ?? inputs.get('cwd'))?.text;
    for (const key of ['script', 'inlineScript', 'Inline']) this.add(inputs.get(key), folder);
    const path = inputs.get('filePath') ?? inputs.get('scriptPath');
    if (path?.text === undefined) return;
    const script = path.text.replace(CHECKOUT, '');
    const program = script.endsWith('.py') ? 'python ' : '';
    const words = inputs.get('arguments')?.text ?? '';
    this.addCommand(`${program}${script} ${words}`.trim(), path.line, folder);
  }

  private add(node: YamlNode | undefined, folder: string | undefined): void {
    if (node?.text !== undefined) this.addCommand(node.text, node.textLine, folder);
  }

  private addCommand(command: string, line: number, folder: string | undefined): void {
    const cwd = resolvePath('.', (folder ?? '.').replace(CHECKOUT, '') || '.') ?? '.';
    const evidence = { file: this.file, line };
    const job = this.job === undefined ? {} : { job: this.job };
    this.commands.push({ tool: 'azure-pipelines', command, cwd, evidence, ...job });
  }

  private addTemplate(template: string): void {
    const path = template.startsWith('/')
      ? resolvePath('.', template.slice(1))
      : resolvePath(folderOf(this.file), template);
    if (path !== undefined) this.templates.push(path);
  }
}
