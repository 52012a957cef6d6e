import type { Direction } from './runDagre';

/** Of every box, in pixels of the picture. */
export const BOX = { width: 236, height: 46 } as const;

/** Where everything is, in pixels of the picture. */
export interface GraphLayout {
  readonly direction: Direction;
  readonly width: number;
  readonly height: number;
  readonly boxes: ReadonlyMap<string, PlacedBox>;
  readonly edges: readonly PlacedEdge[];
}

export interface PlacedBox {
  readonly id: string;
  /** The upper left corner. */
  readonly x: number;
  readonly y: number;
  /** Counted from the start of the pipeline; 0 is the first. */
  readonly layer: number;
}

export interface PlacedEdge {
  readonly from: string;
  readonly to: string;
  /** Against the direction of the picture: it closes a cycle. */
  readonly back: boolean;
  /** As SVG has it. */
  readonly path: string;
  readonly box: {
    readonly left: number;
    readonly top: number;
    readonly right: number;
    readonly bottom: number;
  };
}

/** The corners of a box. */
export function boxOf({ x, y }: Pick<PlacedBox, 'x' | 'y'>): PlacedEdge['box'] {
  return { left: x, top: y, right: x + BOX.width, bottom: y + BOX.height };
}
