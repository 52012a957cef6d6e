import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import {
  appendFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { maskedCrc32c } from '../../src/models/live/crc32c';
import { TrainingWatch } from '../../src/models/live/trainingWatch';
import { ensurePipelineTools } from '../harness/pythonEnvironment';

/** What the real DVCLive and a real writer of TensorBoard's files leave behind; the formats of the others by their source. */
describe('live metrics', function () {
  this.timeout(60_000);
  let python = '';
  let folder = '';
  before(async () => {
    python = join(await ensurePipelineTools(), 'python');
  });
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'live-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const runPython = (script: string): string =>
    execFileSync(python, ['-c', script], { cwd: folder, stdio: 'pipe' }).toString();
  const newest = async (watch: TrainingWatch) => [...(await watch.read()).metrics.values()];

  it('are those that DVCLive logged', async () => {
    runPython(`
from dvclive import Live
with Live(save_dvc_exp=False, dvcyaml=None) as live:
    for step in range(3):
        live.log_metric("train/loss", 1 / (step + 1))
        live.log_metric("accuracy", step / 4, timestamp=True)
        live.next_step()
`);
    const found = await newest(new TrainingWatch(folder, 0));
    // In the order of the files in their folder, which is not ours to say.
    assert.deepEqual(
      found.sort((a, b) => (a.name < b.name ? -1 : 1)),
      [
        { name: 'accuracy', value: 0.5, step: 2 },
        { name: 'train/loss', value: 1 / 3, step: 2 },
      ],
    );
  });

  it('are those in an event file of TensorBoard, as far as it is written', async () => {
    runPython(`
from tensorboardX import SummaryWriter
import numpy
writer = SummaryWriter("runs/one")
for step in range(5):
    writer.add_scalar("loss", 0.5 ** step, step)
    writer.add_histogram("weights", numpy.arange(100), step)
writer.add_scalar("validation/accuracy", 0.75, 7)
writer.add_scalar("diverged", float("nan"), 7)
writer.close()
`);
    const [name = ''] = readdirSync(join(folder, 'runs/one'));
    const path = join(folder, 'runs/one', name);
    const whole = readFileSync(path);
    writeFileSync(path, whole.subarray(0, whole.length - 90));
    const watch = new TrainingWatch(folder, 0);
    const cut = await newest(watch);
    assert.deepEqual(cut[0], { name: 'loss', value: 0.0625, step: 4 });
    appendFileSync(path, whole.subarray(whole.length - 90));
    assert.deepEqual(await newest(watch), [
      { name: 'loss', value: 0.0625, step: 4 },
      { name: 'validation/accuracy', value: 0.75, step: 7 },
    ]);
  });

  it('has the checksum of event files', () => {
    // RFC 3720, appendix B.4: 32 bytes of zeros have the CRC 8a9136aa; masked as TFRecord files have it.
    const crc = 0x8a9136aa;
    const masked = (((crc >>> 15) | (crc << 17)) + 0xa282ead8) >>> 0;
    assert.equal(maskedCrc32c(new Uint8Array(32)), masked);
  });

  it('are the newest cells of the CSV files of Lightning, and grow with them', async () => {
    mkdirSync(join(folder, 'lightning_logs/version_0'), { recursive: true });
    const path = join(folder, 'lightning_logs/version_0/metrics.csv');
    writeFileSync(path, 'epoch,step,train_loss,val_auc\n0,49,0.61,\n0,49,,0.83\n0,99,0.5');
    const watch = new TrainingWatch(folder, 0);
    assert.deepEqual(await newest(watch), [
      { name: 'train_loss', value: 0.61, step: 49 },
      { name: 'val_auc', value: 0.83, step: 49 },
    ]);
    appendFileSync(path, '5,\n');
    assert.deepEqual((await newest(watch))[0], { name: 'train_loss', value: 0.55, step: 99 });
  });

  it('are right where Lightning writes its file anew, and longer, with the columns of a new metric', async () => {
    // As lightning/fabric/loggers/csv_logs.py saves: all rows again, the columns as they first came.
    const save = (rows: readonly Readonly<Record<string, number>>[]) =>
      runPython(`
import csv, os
os.makedirs("lightning_logs/version_0", exist_ok=True)
rows = ${JSON.stringify(rows)}
keys = {}
for row in rows:
    keys.update(row)
with open("lightning_logs/version_0/metrics.csv", "w", newline="") as file:
    writer = csv.DictWriter(file, fieldnames=list(keys))
    writer.writeheader()
    writer.writerows(rows)
`);
    save([{ loss: 0.9, step: 0 }]);
    const watch = new TrainingWatch(folder, 0);
    assert.deepEqual(await newest(watch), [{ name: 'loss', value: 0.9, step: 0 }]);
    save([
      { loss: 0.9, step: 0 },
      { val_auc: 0.7, step: 1 },
      { loss: 0.4, step: 2 },
    ]);
    assert.deepEqual(await newest(watch), [
      { name: 'loss', value: 0.4, step: 2 },
      { name: 'val_auc', value: 0.7, step: 1 },
    ]);
  });

  it('are the last of the log of a Hugging Face trainer, which says how far it is', async () => {
    const path = join(folder, 'checkpoint-100', 'trainer_state.json');
    mkdirSync(join(folder, 'checkpoint-100'));
    const write = (value: unknown) =>
      runPython(
        `import json; json.dump(${JSON.stringify(value)}, open(${JSON.stringify(path)}, "w"))`,
      );
    write({
      global_step: 100,
      max_steps: 300,
      log_history: [
        { step: 50, loss: 0.9, epoch: 1 },
        { step: 100, eval_f1: 0.8 },
      ],
    });
    const watch = new TrainingWatch(folder, 0);
    assert.deepEqual(await watch.read(), {
      metrics: new Map([
        ['loss', { name: 'loss', value: 0.9, step: 50 }],
        ['eval_f1', { name: 'eval_f1', value: 0.8, step: 100 }],
      ]),
      progress: { step: 100, total: 300 },
    });
    // Python writes what JSON does not have.
    runPython(
      `import json; json.dump({"log_history": [{"loss": float("nan"), "step": 1}, {"loss": 0.25, "step": 2}]}, open(${JSON.stringify(path)}, "w"))`,
    );
    assert.deepEqual(
      (await newest(watch)).map(({ value }) => value),
      [0.25],
    );
  });

  it('of an earlier training are not those of this one', async () => {
    mkdirSync(join(folder, 'lightning_logs/version_0'), { recursive: true });
    writeFileSync(join(folder, 'lightning_logs/version_0/metrics.csv'), 'step,loss\n1,0.5\n');
    assert.deepEqual(await newest(new TrainingWatch(folder, Date.now() + 1000)), []);
  });

  it('of a file that was replaced are the new ones, and damage ends in silence', async () => {
    const path = join(folder, 'events.out.tfevents.1.host');
    writeFileSync(path, Buffer.alloc(100, 7));
    const csv = join(folder, 'version_3');
    mkdirSync(csv);
    writeFileSync(join(csv, 'metrics.csv'), 'step,loss\n1,0.5\n2,0.4\n');
    const watch = new TrainingWatch(folder, 0);
    await watch.read();
    writeFileSync(join(csv, 'metrics.csv'), 'step,error\n1,3\n');
    assert.deepEqual(await newest(watch), [{ name: 'error', value: 3, step: 1 }]);
  });
});
