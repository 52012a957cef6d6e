import baseStyles from '../shared/styles/base.css';
import reasonStyles from '../shared/styles/reasons.css';
import tableStyles from '../shared/styles/table.css';
import { mountView } from '../shared/mountView';
import styles from './dataReport.css';
import { DataReportView } from './dataReportView';

mountView(new DataReportView(), [baseStyles, reasonStyles, tableStyles, styles]);
