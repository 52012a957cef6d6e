/** What part of a long table is worth drawing. Lengths in pixels. */
export interface RowWindow {
  /** Index of the first row to draw. */
  readonly first: number;
  /** Index after the last. */
  readonly end: number;
}

const OVERSCAN = 8;

/** The rows in sight, and a few on either side so that scrolling shows no gaps. */
export function rowWindow(
  count: number,
  rowHeight: number,
  scrollTop: number,
  viewHeight: number,
): RowWindow {
  const first = Math.floor(scrollTop / rowHeight) - OVERSCAN;
  const end = Math.ceil((scrollTop + viewHeight) / rowHeight) + OVERSCAN;
  return { first: Math.min(Math.max(0, first), count), end: Math.min(Math.max(0, end), count) };
}

/** Where to scroll so that a row is in sight; the present place where it is already. */
export function scrollToReveal(
  index: number,
  rowHeight: number,
  scrollTop: number,
  viewHeight: number,
): number {
  const top = index * rowHeight;
  if (top < scrollTop) return top;
  return Math.max(scrollTop, top + rowHeight - viewHeight);
}

/** The row that a key leads to, or undefined where the key does not move. */
export function rowAfterKey(
  key: string,
  index: number,
  count: number,
  page: number,
): number | undefined {
  const moves: Readonly<Record<string, number>> = {
    ArrowDown: index + 1,
    ArrowUp: index - 1,
    PageDown: index + page,
    PageUp: index - page,
    Home: 0,
    End: count - 1,
  };
  const target = moves[key];
  return target === undefined ? undefined : Math.min(Math.max(0, target), count - 1);
}
