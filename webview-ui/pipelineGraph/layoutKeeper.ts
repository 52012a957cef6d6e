import { layoutJob, placeAll, type LayoutJob } from './graphLayout';
import { LayoutRunner } from './layoutRunner';
import type { Picture } from './picture';
import type { GraphLayout } from './placed';
import type { Direction } from './runDagre';

/** The layout of the picture that is shown; it is computed anew only when the structure changes. */
export class LayoutKeeper {
  private readonly runner = new LayoutRunner();
  private wanted = '';
  private layout: GraphLayout | undefined;

  /** @param whenReady a layout has come that was not there at once */
  constructor(private readonly whenReady: () => void) {}

  /** The newest layout that there is: that of an older picture while a new one is computed. */
  of({ nodes, structure }: Picture, direction: Direction): GraphLayout | undefined {
    const wanted = `${direction}${structure}`;
    if (wanted === this.wanted) return this.layout;
    this.wanted = wanted;
    const job = layoutJob([...nodes.values()], direction);
    const atOnce = this.runner.layOutAtOnce(job.input);
    if (atOnce !== undefined) return (this.layout = placeAll(job, atOnce));
    void this.waitFor(job, wanted);
    return this.layout;
  }

  private async waitFor(job: LayoutJob, wanted: string): Promise<void> {
    const output = await this.runner.layOut(job.input);
    if (output === undefined || wanted !== this.wanted) return;
    this.layout = placeAll(job, output);
    this.whenReady();
  }
}
