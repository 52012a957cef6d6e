import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { stopProcessTree } from '../../harness/childProcess';

describe('stopping a process tree', () => {
  it('ends what the child started too, in a session of its own', async function () {
    if (process.platform === 'win32') return this.skip();
    const script = `
      const stdio = ['ignore', 'inherit', 'ignore'];
      require('node:child_process').spawn('sleep', ['60'], { detached: true, stdio });
      console.log('started');
      setInterval(() => {}, 1000);`;
    const child = spawn(process.execPath, ['-e', script], { stdio: ['ignore', 'pipe', 'inherit'] });
    await once(child.stdout, 'data');
    // The pipe closes when the last process that holds it has ended: the grandchild.
    const closed = once(child, 'close');
    await stopProcessTree(child);
    await closed;
  });
});
