import { StringDecoder } from 'node:string_decoder';

/** Cuts what is appended to a text file into lines; what has no end of line yet waits for the rest of it. */
export class LineBuffer {
  private readonly decoder = new StringDecoder('utf8');
  private rest = '';

  /** The lines that are complete now. */
  push(bytes: Buffer): readonly string[] {
    const lines = (this.rest + this.decoder.write(bytes)).split(/\r?\n/);
    this.rest = lines.pop() ?? '';
    return lines;
  }
}
