import * as dagre from '@dagrejs/dagre';
import dagreText from '../../node_modules/@dagrejs/dagre/dist/dagre.min.js' with { type: 'text' };
import { runDagre, type DagreInput, type DagreOutput } from './runDagre';

/** Boxes and edges. Up to here a layout takes less than a tenth of a second: the picture need not wait for a worker. */
const QUICK = 120;

/** Lays graphs out: small ones at once, others in a worker, so that nothing else waits. */
export class LayoutRunner {
  private giveUp = (): void => {};

  /** Where an answer can be had at once. */
  layOutAtOnce(input: DagreInput): DagreOutput | undefined {
    return input.count + input.edges.length <= QUICK ? runDagre(dagre, input) : undefined;
  }

  /** Undefined where another layout was asked for meanwhile. */
  async layOut(input: DagreInput): Promise<DagreOutput | undefined> {
    this.giveUp();
    // Where the editor allows no worker, all waits.
    return this.layOutApart(input).catch(() => runDagre(dagre, input));
  }

  private layOutApart(input: DagreInput): Promise<DagreOutput | undefined> {
    return new Promise((resolve, reject) => {
      // An editor loads workers only from such an address.
      const text = `${dagreText}\nonmessage=({data})=>postMessage((${runDagre.toString()})(dagre,data))`;
      const address = URL.createObjectURL(new Blob([text], { type: 'text/javascript' }));
      const worker = new Worker(address);
      const end = (output?: DagreOutput): void => {
        worker.terminate();
        URL.revokeObjectURL(address);
        resolve(output);
      };
      this.giveUp = end;
      worker.addEventListener('message', ({ data }: MessageEvent<DagreOutput>) => end(data));
      worker.addEventListener('error', () => reject(new Error('The worker has failed.')));
      worker.postMessage(input);
    });
  }
}
