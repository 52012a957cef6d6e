import type { Detector } from '../detector';
import { baseName } from '../files/paths';

const COMPOSE = /^(?:docker-)?compose(?:\.\w+)?\.ya?ml$/;

/** Docker: that the project is built into images. */
export const dockerDetector: Detector = {
  name: 'docker',
  detect: ({ files }) => {
    const compose = files
      .withExtension('.yml', '.yaml')
      .filter((path) => COMPOSE.test(baseName(path)));
    const markers = [
      ...files.named('Dockerfile'),
      ...files.withExtension('.dockerfile'),
      ...compose,
    ];
    const evidence = markers.slice(0, 20).map((file) => ({ file, line: 1 }));
    return Promise.resolve(evidence.length === 0 ? {} : { tools: [{ tool: 'docker', evidence }] });
  },
};
