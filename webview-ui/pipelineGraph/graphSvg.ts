import { escapeHtml } from '../../src/base/escape';
import type { ThemeColours } from '../shared/themeColours';
import { visibleText } from '../shared/visibleText';
import type { Picture, PictureNode } from './picture';
import { BOX, type GraphLayout, type PlacedBox } from './placed';
import { describeStates, gravestState, lookOf, toolName } from './stageWords';

const MARGIN = 16;
/** Of the names and of what is below them: about as many letters as there is room for. */
const [NAME_LENGTH, FACTS_LENGTH] = [26, 32];

/** The whole picture as an SVG file of its own, in the colours of the theme. */
export function toSvg({ nodes }: Picture, layout: GraphLayout, colours: ThemeColours): string {
  const [width, height] = [layout.width + 2 * MARGIN, layout.height + 2 * MARGIN];
  const boxes = [...layout.boxes.values()].flatMap((place) => {
    const node = nodes.get(place.id);
    return node === undefined ? [] : [drawBox(node, place, colours)];
  });
  const lines = layout.edges.map(({ path }) => `<path d="${path}"/>`);
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="${-MARGIN} ${-MARGIN} ${width} ${height}" font-family="${escapeHtml(colours.font)}">
<rect x="${-MARGIN}" y="${-MARGIN}" width="${width}" height="${height}" fill="${colours.background}"/>
<g fill="none" stroke="${colours.reference}" stroke-width="1.25">
${lines.join('\n')}
</g>
${boxes.join('\n')}
</svg>
`;
}

function drawBox(node: PictureNode, { x, y }: PlacedBox, colours: ThemeColours): string {
  const [first] = node.stages;
  const word = node.folded ? describeStates(node.stages) : lookOf(gravestState(node.stages)).word;
  const facts = first === undefined ? word : `${word} \u00b7 ${toolName(first.tool)}`;
  const text = (value: string, length: number): string => escapeHtml(visibleText(value, length));
  return `<g transform="translate(${x} ${y})">
<title>${text(node.name, 1000)}</title>
<rect width="${BOX.width}" height="${BOX.height}" rx="5" fill="${colours.background}" stroke="${colours.reference}"/>
<text x="12" y="20" font-size="13" font-weight="600" fill="${colours.text}">${text(node.name, NAME_LENGTH)}</text>
<text x="12" y="36" font-size="12" fill="${colours.muted}">${text(facts, FACTS_LENGTH)}</text>
</g>`;
}
