import { mountView } from '../shared/mountView';
import baseStyles from '../shared/styles/base.css';
import reasonStyles from '../shared/styles/reasons.css';
import tableStyles from '../shared/styles/table.css';
import styles from './gateReport.css';
import { GateReportView } from './gateReportView';

mountView(new GateReportView(), [baseStyles, reasonStyles, tableStyles, styles]);
