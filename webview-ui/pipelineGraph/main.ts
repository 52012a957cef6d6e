import { mountView } from '../shared/mountView';
import baseStyles from '../shared/styles/base.css';
import reasonStyles from '../shared/styles/reasons.css';
import tableStyles from '../shared/styles/table.css';
import styles from './pipelineGraph.css';
import { PipelineGraphView } from './pipelineGraphView';

mountView(new PipelineGraphView(), [baseStyles, reasonStyles, tableStyles, styles]);
