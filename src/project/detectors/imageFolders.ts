import { IMAGE_EXTENSIONS } from '../classify/imagePath';
import { roleOfPath } from '../classify/datasetPath';
import { isProjectData } from '../classify/projectData';
import type { DetectedDataset, Detector } from '../detector';
import { baseName, folderOf } from '../files/paths';

/** A class has at least so many images; fewer are pictures of something else. */
const FEWEST_IMAGES = 2;

/** Folders of pictures that are none of data, and folders that name a split or a kind of file instead of a class. */
const OTHER_FOLDER =
  /(?:^|\/)(?:assets?|static|public|media|figures?|plots?|icons?|screenshots?|resources?|templates?|webview-ui|examples?|www|output|outputs|results?|reports?)(?:\/|$)/i;
const NO_CLASS =
  /^(?:images?|imgs?|pictures|masks?|labels?|annotations?|train(?:ing)?|val(?:id|idation)?|test(?:ing)?|dev|holdout|figures?|plots?)$/i;

/**
 * Folders that hold a folder of images per class, as torchvision's ImageFolder and Keras read them. From the list of
 * files alone.
 */
export const imageFoldersDetector: Detector = {
  name: 'image folders',
  detect: ({ files }) => {
    const classes = new Map<string, { first: string; images: number }>();
    for (const path of files.withExtension(...IMAGE_EXTENSIONS)) {
      if (!isProjectData(path) || OTHER_FOLDER.test(folderOf(path))) continue;
      const known = classes.get(folderOf(path));
      if (known === undefined) classes.set(folderOf(path), { first: path, images: 1 });
      else known.images++;
    }
    const roots = new Map<string, string[]>();
    for (const [folder, { first, images }] of classes) {
      if (images < FEWEST_IMAGES || NO_CLASS.test(baseName(folder))) continue;
      const root = folderOf(folder);
      roots.set(root, [...(roots.get(root) ?? []), first]);
    }
    const datasets = [...roots].flatMap(([path, firsts]): readonly DetectedDataset[] => {
      const [first] = firsts;
      if (path === '.' || firsts.length < 2 || first === undefined) return [];
      const evidence = [{ file: first, line: 1 }];
      return [{ path, format: 'images', ...roleOfPath(`${path}/x`), evidence }];
    });
    return Promise.resolve({ datasets });
  },
};
