import type { Readable } from 'node:stream';

/** Characters that one text may have; Excel itself stops at 32,767 in a cell. */
export const MOST_CHARACTERS = 16 * 2 ** 20;

/** A text that would fill the memory. */
export class XmlTextTooLong extends Error {
  /** @param place where it stands, in words */
  constructor(readonly place: string) {
    super(`the text of ${place} is too long`);
  }
}

/** What is listened to while XML goes by; names are without their prefixes. */
export interface XmlListener {
  open?(name: string, attributes: Readonly<Record<string, string>>): void;
  close?(name: string): void;
  text?(text: string): void;
  /** Whether to stop reading. */
  done?(): boolean;
  /** What is read now, in words. */
  place?(): string;
}

/** Reads a part of a workbook as it is unpacked. Entities of a DOCTYPE are not expanded. @throws for what is no XML */
export async function readXml(stream: Readable, listener: XmlListener): Promise<void> {
  for await (const _ of stepThroughXml(stream, listener)) if (listener.done?.() === true) return;
}

/** The same, with a pause after every piece that was unpacked. */
export async function* stepThroughXml(
  stream: Readable,
  listener: XmlListener,
): AsyncGenerator<undefined> {
  const { SaxesParser } = await import('saxes');
  const parser = new SaxesParser({ xmlns: false });
  parser.on('error', (error) => {
    throw error;
  });
  // The parser gathers a text until it ends, so what it holds is what came since its last event.
  let held = 0;
  parser.on('opentag', ({ name, attributes }) => {
    held = 0;
    listener.open?.(local(name), attributes);
  });
  parser.on('closetag', ({ name }) => {
    held = 0;
    listener.close?.(local(name));
  });
  parser.on('text', (text) => listener.text?.(text));
  const decoder = new TextDecoder();
  try {
    for await (const chunk of stream as AsyncIterable<Buffer>) {
      parser.write(decoder.decode(chunk, { stream: true }));
      held += chunk.length;
      if (held > MOST_CHARACTERS) throw new XmlTextTooLong(listener.place?.() ?? 'a part');
      yield undefined;
    }
    parser.write(decoder.decode()).close();
    yield undefined;
  } finally {
    stream.destroy();
  }
}

function local(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}
