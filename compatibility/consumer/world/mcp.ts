import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { InMemoryTransport } from '@modelcontextprotocol/sdk/inMemory.js';
import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { TraceTool } from 'spandrel';
import { z } from 'zod';
import { main } from './kit.js';

class Tools {
  @TraceTool({ name: 'add' })
  async add({ a, b }: { a: number; b: number }) {
    return { content: [{ type: 'text' as const, text: String(a + b) }] };
  }
}

main(async () => {
  const tools = new Tools();
  const server = new McpServer({ name: 'calculator', version: '1.0.0' });
  server.registerTool('add', { inputSchema: { a: z.number(), b: z.number() } }, (args) => tools.add(args));
  const [here, there] = InMemoryTransport.createLinkedPair();
  const client = new Client({ name: 'consumer', version: '1.0.0' });
  await Promise.all([server.connect(there), client.connect(here)]);
  console.log(JSON.stringify((await client.callTool({ name: 'add', arguments: { a: 1, b: 2 } })).content));
  await client.close();
});
