import { Places } from './places.js';
import { show } from './show.js';

show(() => new Places()['by name'](1)).catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
