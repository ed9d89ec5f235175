/** Mutants that no spec noticed, file by file. */
export function printSurvivors(reports) {
  for (const report of reports)
    for (const [path, { source, mutants }] of Object.entries(report.files).sort()) {
      const survivors = mutants.filter(({ status }) => status === 'Survived').sort(byPlace);
      if (survivors.length === 0) continue;
      console.log(`\n${path}`);
      for (const { location, replacement, mutatorName } of survivors)
        console.log(
          `  ${location.start.line}:${location.start.column}  ${mutatorName}: ${brief(textAt(source, location))}  ->  ${brief(replacement)}`,
        );
    }
}

/** Killed, timed out, survived, of all, by folder. A timeout is a change that was noticed; what Stryker could not run counts for nothing. */
export function printFolders(reports) {
  const folders = new Map();
  for (const { files } of reports)
    for (const [path, { mutants }] of Object.entries(files)) {
      const folder = path.slice(0, path.lastIndexOf('/'));
      const counts = folders.get(folder) ?? { Killed: 0, Timeout: 0, Survived: 0, RuntimeError: 0 };
      for (const { status } of mutants) if (status in counts) counts[status]++;
      folders.set(folder, counts);
    }
  console.log('');
  for (const [folder, { Killed, Timeout, Survived, RuntimeError }] of [...folders].sort()) {
    const all = Killed + Timeout + Survived;
    const score = ((100 * (Killed + Timeout)) / all).toFixed(1);
    const errors = RuntimeError > 0 ? `, ${RuntimeError} not run` : '';
    console.log(
      `${folder}: ${score} % of ${all} (${Killed} killed, ${Timeout} timed out, ${Survived} survived${errors})`,
    );
  }
}

const byPlace = (a, b) =>
  a.location.start.line - b.location.start.line || a.location.start.column - b.location.start.column;

/** What stands at a location, whose lines and columns count from 1. */
function textAt(source, { start, end }) {
  const lines = source.split('\n').slice(start.line - 1, end.line);
  lines[lines.length - 1] = lines.at(-1).slice(0, end.column - 1);
  lines[0] = lines[0].slice(start.column - 1);
  return lines.join('\n');
}

function brief(text) {
  const line = text.replace(/\s+/g, ' ');
  return line.length > 100 ? `${line.slice(0, 70)} … ${line.slice(-25)}` : line;
}
