/** The bundler gives a script that is imported as text as its text. */
declare module '*.min.js' {
  const text: string;
  // oxlint-disable-next-line import/no-default-export -- the bundler's own convention for text
  export default text;
}
