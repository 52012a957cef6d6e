import { mountView } from '../shared/mountView';
import baseStyles from '../shared/styles/base.css';
import reasonStyles from '../shared/styles/reasons.css';
import tableStyles from '../shared/styles/table.css';
import styles from './modelComparison.css';
import { ModelComparisonView } from './modelComparisonView';

mountView(new ModelComparisonView(), [baseStyles, reasonStyles, tableStyles, styles]);
