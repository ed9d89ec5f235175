import { show } from './show.js';

show().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
