import { showControls } from '../../base/escape';
import { VERSION } from '../../base/version';
import type { CheckReport, Reason } from '../checkReport';
import { writeJson } from './json';

/**
 * For code scanning: SARIF 2.1.0 (OASIS, https://docs.oasis-open.org/sarif/sarif/v2.1.0/). What could not be judged is
 * a notification of an invocation that did not succeed, and a result too, because viewers show results only.
 */
export function formatSarif(report: CheckReport): string {
  const rules = [...new Set(report.reasons.map((reason) => reason.rule))].sort();
  const unjudged = report.reasons.filter((reason) => reason.kind === 'problem');
  const log = {
    $schema:
      'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'ML Preflight',
            version: VERSION,
            rules: rules.map((id) => ({ id, shortDescription: { text: id.replaceAll('-', ' ') } })),
          },
        },
        invocations: [
          {
            executionSuccessful: !report.unjudged,
            toolExecutionNotifications: unjudged.map((reason) => ({
              level: levelOf(reason),
              message: { text: withoutLinks(showControls(reason.text)) },
              associatedRule: { id: reason.rule, index: rules.indexOf(reason.rule) },
            })),
          },
        ],
        columnKind: 'utf16CodeUnits',
        results: report.reasons.map((reason) => resultOf(reason, rules.indexOf(reason.rule))),
        properties: { verdict: report.verdict, headline: report.headline },
      },
    ],
  };
  return writeJson(log);
}

function resultOf(reason: Reason, ruleIndex: number) {
  const lines = [
    reason.text,
    ...(reason.evidence ?? []),
    ...(reason.fix === undefined ? [] : [reason.fix]),
  ];
  return {
    ruleId: reason.rule,
    ruleIndex,
    level: levelOf(reason),
    message: { text: withoutLinks(lines.map(showControls).join('\n')) },
    ...(reason.file === undefined ? {} : { locations: [locationOf(reason.file, reason.line)] }),
  };
}

/** Viewers make a link of `[text](target)` even in plain messages (§3.11.6): data must not be able to set one. */
function withoutLinks(text: string): string {
  return text.replaceAll('](', '] (');
}

function levelOf(reason: Reason): 'error' | 'warning' | 'note' {
  return reason.severity === 'info' ? 'note' : reason.severity;
}

function locationOf(file: string, line: number | undefined) {
  return {
    physicalLocation: {
      artifactLocation: { uri: relativeUri(file), uriBaseId: '%SRCROOT%' },
      ...(line === undefined ? {} : { region: { startLine: line } }),
    },
  };
}

/**
 * A path as a relative URI reference (RFC 3986): every segment percent-encoded. Lone surrogates, which have no UTF-8,
 * become the replacement character. A first segment with a colon is safe, since the colon is encoded too.
 */
function relativeUri(path: string): string {
  return path
    .split('/')
    .map((segment) => encodeURIComponent(segment.replace(/\p{Surrogate}/gu, '\ufffd')))
    .join('/');
}
