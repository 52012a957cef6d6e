import { mountView } from '../shared/mountView';
import baseStyles from '../shared/styles/base.css';
import reasonStyles from '../shared/styles/reasons.css';
import styles from './doctor.css';
import { DoctorView } from './doctorView';

mountView(new DoctorView(), [baseStyles, reasonStyles, styles]);
