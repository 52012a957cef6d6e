// Loaded before the engine: a machine with 40 MiB of memory, of which the engine takes a quarter.
require('node:os').totalmem = () => 40 * 2 ** 20;
