/**
 * A number of a YAML file as Python writes it, because DVC puts it into commands that way: `1.0` stays `1.0`, and
 * `0.00001` becomes `1e-05`. Source: `float.__repr__`, which takes the shortest digits that read back the same.
 */
export function pythonNumber(value: number, source: string): string {
  const digits = source.replaceAll('_', '');
  if (/^[-+]?\d+$/.test(digits)) return BigInt(digits.replace(/^\+/, '')).toString();
  if (/^[-+]?0[xob]/i.test(digits)) return String(value);
  return pythonFloat(value);
}

/** `float.__repr__`. */
export function pythonFloat(value: number): string {
  if (Number.isNaN(value)) return 'nan';
  if (!Number.isFinite(value)) return value < 0 ? '-inf' : 'inf';
  if (Object.is(value, -0)) return '-0.0';
  const [mantissa = '', power = '0'] = value.toExponential().split('e');
  const exponent = Number(power);
  if (exponent >= -4 && exponent < 16) {
    const fixed = String(value);
    return fixed.includes('.') ? fixed : `${fixed}.0`;
  }
  const sign = exponent < 0 ? '-' : '+';
  return `${mantissa}e${sign}${String(Math.abs(exponent)).padStart(2, '0')}`;
}
