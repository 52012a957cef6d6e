import { showControls } from '../../src/base/escape';
import type { Picture, PictureNode } from './picture';
import type { Direction } from './runDagre';
import { describeStates, gravestState, lookOf } from './stageWords';

/** The picture as a Mermaid flowchart, which GitHub and GitLab draw in Markdown. */
export function toMermaid({ nodes }: Picture, direction: Direction): string {
  const numbers = new Map([...nodes.keys()].map((id, index) => [id, `s${index}`]));
  const boxes = [...nodes.values()].map((node) => `  ${numbers.get(node.id)}["${labelOf(node)}"]`);
  const edges = [...nodes.values()].flatMap((node) =>
    node.upstream.map((id) => `  ${numbers.get(id)} --> ${numbers.get(node.id)}`),
  );
  return [`flowchart ${direction === 'right' ? 'LR' : 'TB'}`, ...boxes, ...edges, ''].join('\n');
}

function labelOf({ name, stages, folded }: PictureNode): string {
  const state = folded ? describeStates(stages) : lookOf(gravestState(stages)).word;
  return `${escapeLabel(name)}<br>${state}`;
}

/** Mermaid writes a character as its number between # and ; and reads anything else as Markdown or HTML. */
function escapeLabel(text: string): string {
  return showControls(text).replace(
    /[^\p{L}\p{N} @./-]/gu,
    (character) => `#${character.codePointAt(0)};`,
  );
}
