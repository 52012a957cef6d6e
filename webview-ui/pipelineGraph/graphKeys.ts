import { stepOfKey, type Step } from './neighbours';
import type { Direction, Point } from './runDagre';

/** What a key asks of the picture. */
export type KeyAction =
  | { readonly kind: 'pan'; readonly by: Point }
  | { readonly kind: 'zoom'; readonly factor: number }
  | { readonly kind: 'step'; readonly step: Step }
  | { readonly kind: 'actualSize' | 'fit' | 'open' | 'select' | 'leave' };

export const ZOOM_STEP = 1.25;
/** Pixels. */
const PAN_STEP = 80;

const PANS: Readonly<Record<string, Point>> = {
  ArrowLeft: { x: PAN_STEP, y: 0 },
  ArrowRight: { x: -PAN_STEP, y: 0 },
  ArrowUp: { x: 0, y: PAN_STEP },
  ArrowDown: { x: 0, y: -PAN_STEP },
};

const ACTIONS: Readonly<Record<string, KeyAction>> = {
  '+': { kind: 'zoom', factor: ZOOM_STEP },
  '=': { kind: 'zoom', factor: ZOOM_STEP },
  '-': { kind: 'zoom', factor: 1 / ZOOM_STEP },
  '0': { kind: 'actualSize' },
  f: { kind: 'fit' },
  Enter: { kind: 'open' },
  ' ': { kind: 'select' },
  Escape: { kind: 'leave' },
};

/** Undefined for keys that mean nothing here. */
export function actionOfKey(
  { key, shiftKey, ctrlKey, metaKey, altKey }: KeyboardEvent,
  direction: Direction,
): KeyAction | undefined {
  if (ctrlKey || metaKey || altKey) return undefined;
  const by = shiftKey && Object.hasOwn(PANS, key) ? PANS[key] : undefined;
  if (by !== undefined) return { kind: 'pan', by };
  const step = stepOfKey(key, direction);
  if (step !== undefined) return { kind: 'step', step };
  return Object.hasOwn(ACTIONS, key) ? ACTIONS[key] : undefined;
}
