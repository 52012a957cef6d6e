/** A confidence interval. */
export interface Interval {
  readonly lower: number;
  readonly upper: number;
}

/** Of `count` among `total`, which is at least 1. */
export interface Proportion {
  readonly count: number;
  readonly total: number;
}

/** Wilson's score interval of a proportion (Wilson 1927); `z` is the normal quantile, 1.96 for 95 %. */
export function wilsonInterval({ count, total }: Proportion, z: number): Interval {
  const share = count / total;
  const spread = z * Math.sqrt((share * (1 - share)) / total + (z * z) / (4 * total * total));
  const centre = share + (z * z) / (2 * total);
  const scale = 1 + (z * z) / total;
  return {
    lower: count === 0 ? 0 : (centre - spread) / scale,
    upper: count === total ? 1 : (centre + spread) / scale,
  };
}

/**
 * Newcombe's hybrid score interval of the difference `a - b` of two independent proportions (Newcombe 1998,
 * Statistics in Medicine 17:873, method 10).
 */
export function newcombeInterval(a: Proportion, b: Proportion, z: number): Interval {
  const shareA = a.count / a.total;
  const shareB = b.count / b.total;
  const wilsonA = wilsonInterval(a, z);
  const wilsonB = wilsonInterval(b, z);
  const difference = shareA - shareB;
  return {
    lower: difference - Math.hypot(shareA - wilsonA.lower, wilsonB.upper - shareB),
    upper: difference + Math.hypot(wilsonA.upper - shareA, shareB - wilsonB.lower),
  };
}
