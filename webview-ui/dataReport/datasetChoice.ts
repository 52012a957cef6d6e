import type { ViewContents } from '../../src/protocol/views';
import type { DatasetReport } from '../../src/protocol/content';
import { toneOfVerdict, TONE_WEIGHTS, wordOfVerdict } from '../shared/tone';
import { visibleText } from '../shared/visibleText';
import type { DataReportSaved } from './dataReportSaved';

type Content = ViewContents['dataReport'];

/** The datasets in the order in which they are offered: gravest verdict first. */
export function orderDatasets(datasets: readonly DatasetReport[]): readonly DatasetReport[] {
  const weight = ({ verdict }: DatasetReport): number => TONE_WEIGHTS[toneOfVerdict(verdict)];
  return datasets.toSorted((a, b) => weight(b) - weight(a));
}

/** `train (failed)`: a dataset as the switch lists it. */
export function datasetOption({ name, verdict }: DatasetReport): string {
  return `${visibleText(name, 60)} (${wordOfVerdict(verdict)})`;
}

/** The dataset to show: what the user chose, else the gravest. */
export function chosenDataset(content: Content, saved: DataReportSaved): DatasetReport | undefined {
  const { datasets } = content.report;
  return datasets.find(({ name }) => name === saved.dataset) ?? orderDatasets(datasets)[0];
}

/** What changes when the editor asks for a dataset anew; a choice within the one that is shown stays. */
export function changeForAsked(
  content: Content,
  saved: DataReportSaved,
): Partial<DataReportSaved> | undefined {
  const { selected } = content;
  if (selected === undefined || selected.asked <= saved.asked) return undefined;
  return { asked: selected.asked, ...changeTo(selected.dataset, content, saved) };
}

/** What changes so that a dataset is shown. */
export function changeTo(
  dataset: string,
  content: Content,
  saved: DataReportSaved,
): Partial<DataReportSaved> {
  return chosenDataset(content, saved)?.name === dataset ? { dataset } : switchTo(dataset);
}

/** Another dataset begins at its top. */
export function switchTo(dataset: string): Partial<DataReportSaved> {
  return { dataset, column: undefined, tableScroll: 0, allFindings: false };
}
