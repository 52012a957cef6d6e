import type { Problem } from '../../base/problem';
import { failed, ok, type Result } from '../../base/result';
import type { Finding } from '../finding';
import { PEER_READERS } from './peerReaders';
import type { PeerContent, PeerPlace, PeerResult } from './peerResult';
import { parseProtoText } from './protoText';
import { parseTolerantJson, type TextMistake } from './tolerantJson';

/** In bytes: what is larger has the data in it, and no need to be read for its verdicts. */
export const LARGEST_RESULT = 64 * 1024 * 1024;

/**
 * What another tool found, whichever it is: the content tells, not the file's name. Problems `results-invalid` with the
 * line of what is broken, `results-unknown`, `results-too-large`.
 */
export function readPeerResults(text: string, place: PeerPlace): Result<PeerResult> {
  if (text.length > LARGEST_RESULT) return failed(tooLarge(place.file, text.length));
  const content = parsePeerContent(text, place.file);
  if (!content.ok) return content;
  for (const reader of PEER_READERS) {
    const result = reader.read(content.value, place);
    if (result?.ok === true) return ok({ ...result.value, findings: once(result.value.findings) });
    if (result !== undefined) return result;
  }
  return failed({
    code: 'results-unknown',
    message: `This is no result of a tool that is known: ${[...new Set(PEER_READERS.map(({ tool }) => tool))].join(', ')}.`,
    file: place.file,
    line: 1,
    fix: 'Correct `results` in preflight.yaml.',
  });
}

/** A column that is missing fails every check of it. */
function once(findings: readonly Finding[]): readonly Finding[] {
  const missing = new Set<string | undefined>();
  return findings.filter(({ rule, column }) => {
    if (rule !== 'column-missing') return true;
    const isFirst = !missing.has(column);
    missing.add(column);
    return isFirst;
  });
}

/** JSON, or protobuf's text format: `anomaly_info {`. Problem `results-invalid`. */
export function parsePeerContent(text: string, file: string): Result<PeerContent> {
  const isProto = /^\s*(?:#|[A-Za-z_]\w*\s*[:{<])/.test(text.slice(0, 10_000));
  if (isProto) {
    const parsed = parseProtoText(text);
    if (!parsed.ok) return failed(invalid('protobuf text', parsed.problem, file));
    return ok({ kind: 'proto', value: parsed.value });
  }
  const parsed = parseTolerantJson(text);
  if (parsed.ok) return ok({ kind: 'json', value: parsed.value });
  if (text.trim() !== '') return failed(invalid('JSON', parsed.problem, file));
  return failed({ code: 'results-invalid', message: 'The file is empty.', file, line: 1 });
}

function invalid(format: string, { message, line }: TextMistake, file: string): Problem {
  const sentence = `This is not valid ${format}: ${message}`;
  return { code: 'results-invalid', message: sentence, file, line };
}

/** @param size in bytes, where it is known */
export function tooLarge(file: string, size?: number) {
  const has = size === undefined ? 'is too large' : `has ${size} bytes`;
  return {
    code: 'results-too-large',
    message: `${file} ${has}; at most ${LARGEST_RESULT} bytes are read.`,
    file,
    fix: 'Save the result without the rows and the charts.',
  };
}
