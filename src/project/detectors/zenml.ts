import type { Detector } from '../detector';
import { describeDecorated } from '../frameworks/decoratedFlows';
import { joinDetections } from '../frameworks/joinDetections';

/** ZenML: functions that are pipelines, run by the script that calls them. */
export const zenmlDetector: Detector = {
  name: 'zenml',
  async detect({ files, signal }) {
    const found = await describeDecorated(
      {
        tool: 'zenml',
        flow: /^zenml(?:\.pipelines(?:\.\w+)?)?\.pipeline$/,
        step: /^zenml(?:\.steps(?:\.\w+)?)?\.step$/,
        notCalled: ({ scope }) => `no script of the project calls ${scope.name}`,
      },
      files,
      signal,
    );
    const markers = files
      .named('config.yaml')
      .filter((path) => /(?:^|\/)\.zen\/config\.yaml$/.test(path));
    return joinDetections(
      'zenml',
      found,
      markers.map((file) => ({ file, line: 1 })),
    );
  },
};
