/** The bundler gives a style sheet as its text. */
declare module '*.css' {
  const text: string;
  // oxlint-disable-next-line import/no-default-export -- the bundler's own convention for text
  export default text;
}
