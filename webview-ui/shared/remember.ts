/** A function that computes anew only when one of its arguments is another than last time. */
export function rememberLast<Arguments extends readonly unknown[], Value>(
  compute: (...args: Arguments) => Value,
): (...args: Arguments) => Value {
  let last: { readonly args: Arguments; readonly value: Value } | undefined;
  return (...args) => {
    const known = last;
    if (known?.args.every((arg, index) => Object.is(arg, args[index])) === true) return known.value;
    const value = compute(...args);
    last = { args, value };
    return value;
  };
}
