/** docs/compatibility.md. A row of a table for what shares its name but for the Node; a cell says yes, or why not. */
export function page(groups, nodes) {
  const parts = groups.map(({ title, says, columns, rows }) =>
    [`## ${title}`, '', says, '', `| | ${columns.join(' | ')} |`, `|---|${columns.map(() => '---').join('|')}|`, ...merged(rows, columns)].join('\n'),
  ); // prettier-ignore
  return [
    '# Compatibility',
    '',
    '<!-- Written by npm run test:compatibility; edits are lost. -->',
    '',
    'Each cell is a small project of its own with the packed package installed, run. "yes" means that it makes the same spans as everywhere else.',
    `Nodes: the newest of ${nodes.map(({ line }) => line).join(', ')}.`,
    '',
    parts.join('\n\n'),
    '',
    '## Not tried',
    '',
    'Next.js route handlers, the Claude Agent SDK, BullMQ itself (the worker above has its shape), Cloudflare’s workerd, Windows and macOS.',
    '',
  ].join('\n');
}

/** Rows that differ in their Node alone are one, where they say the same. */
function merged(rows, columns) {
  const lines = new Map();
  for (const { row, results } of rows) {
    const [, name, node] = /^(.*?)(?:, Node (\d+))?$/.exec(row);
    const cells = columns.map((column) => (column in results ? (results[column] ?? 'yes') : '')).join(' | ');
    const key = `${name}\n${cells}`;
    const line = lines.get(key) ?? { name, cells, on: [] };
    if (node) line.on.push(node);
    lines.set(key, line);
  }
  return [...lines.values()].map(
    ({ name, cells, on }) => `| ${name}${on.length > 0 ? `, Node ${on.join(', ')}` : ''} | ${cells} |`,
  );
}
