import * as dagre from '@dagrejs/dagre';
import dagreText from '../../node_modules/@dagrejs/dagre/dist/dagre.min.js' with { type: 'text' };
import { plainLayout } from './plainLayout';
import { runDagre, type DagreInput, type DagreOutput } from './runDagre';

/** Boxes and edges. Up to here a layout takes less than a tenth of a second: the picture need not wait for a worker. */
const QUICK = 120;
/** Dagre needs a minute for some graphs of 60 boxes with each joined to each, and overflows on a chain of 2,000. */
const PATIENCE_MS = 5000;
/** Boxes and edges that may be laid out while everything waits, where there is no worker: about a second. */
const BEARABLE = 1500;

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
    return this.layOutApart(input).catch(() => plainLayout(input));
  }

  private layOutApart(input: DagreInput): Promise<DagreOutput | undefined> {
    return new Promise((resolve, reject) => {
      // An editor loads workers only from such an address.
      const text = `${dagreText}\nonmessage=({data})=>postMessage((${runDagre.toString()})(dagre,data))`;
      const address = URL.createObjectURL(new Blob([text], { type: 'text/javascript' }));
      const worker = new Worker(address);
      const stop = (): void => {
        window.clearTimeout(timer);
        worker.terminate();
        URL.revokeObjectURL(address);
      };
      const fail = (event?: Event): void => {
        event?.preventDefault();
        stop();
        // An error without a message is that of an editor which allows no worker.
        const isForbidden = event !== undefined && !(event instanceof ErrorEvent);
        if (isForbidden && input.count + input.edges.length <= BEARABLE) {
          resolve(runDagre(dagre, input));
        } else reject(new Error('There is no layout by dagre.'));
      };
      const timer = window.setTimeout(() => fail(), PATIENCE_MS);
      this.giveUp = () => {
        stop();
        resolve(undefined);
      };
      worker.addEventListener('message', ({ data }: MessageEvent<DagreOutput>) => {
        stop();
        resolve(data);
      });
      worker.addEventListener('error', fail);
      worker.postMessage(input);
    });
  }
}
