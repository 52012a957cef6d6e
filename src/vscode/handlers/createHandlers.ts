import type { CommandHandlers } from '../commands';
import { dataHandlers } from './dataHandlers';
import { gateHandlers } from './gateHandlers';
import type { HandlerParts } from './handlerParts';
import { modelHandlers } from './modelHandlers';
import { projectHandlers } from './projectHandlers';
import { stageHandlers } from './stageHandlers';

/** What each command does; a tree node or a view's arguments come first, else the user is asked. */
export function createHandlers(parts: HandlerParts): CommandHandlers {
  return {
    ...projectHandlers(parts),
    ...stageHandlers(parts),
    ...dataHandlers(parts),
    ...modelHandlers(parts),
    ...gateHandlers(parts),
  };
}
