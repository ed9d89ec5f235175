// npx tsx --tsconfig examples/containers/tsconfig.json examples/containers/nest.ts
import {
  Module,
  Scope,
  type DynamicModule,
  type INestApplicationContext,
  type NestApplicationOptions,
} from '@nestjs/common';
import { ContextIdFactory, NestFactory } from '@nestjs/core';
import 'reflect-metadata';
import { PRICING_SERVICE, SESSION_PROVIDER, setResolver, withResolver, type Resolver } from 'spandrel';
import { FlatPrice, Model, show, Support } from './support.js';

/** The services that Nest made when it started; what has the scope of a request is not among them. */
const resolverOf = (app: INestApplicationContext): Resolver => ({
  resolve(token) {
    try {
      return app.get(token, { strict: false });
    } catch {
      return undefined; // Nest cannot be asked whether it has something
    }
  },
});

/** What a request carries; Nest gives it to the providers that have the scope of a request. */
interface Tenant {
  readonly sessionId: string;
  readonly price: number;
}
const TENANT_PRICES = Symbol('the prices of the tenant whose request it is');

@Module({})
class App {
  static charging(price: number): DynamicModule {
    return {
      module: App,
      providers: [
        Model,
        { provide: Support, useFactory: (model: Model) => new Support(model), inject: [Model] },
        { provide: PRICING_SERVICE, useValue: new FlatPrice(price) },
        { provide: SESSION_PROVIDER, useValue: () => ({ sessionId: 'process' }) },
        {
          provide: TENANT_PRICES,
          scope: Scope.REQUEST,
          useFactory: (tenant: Tenant) => new FlatPrice(tenant.price),
          inject: ['REQUEST'],
        },
      ],
    };
  }
}

const quiet = Object.assign(Object.create(null), { logger: false }) as NestApplicationOptions;

let app = await NestFactory.createApplicationContext(App.charging(0.001), quiet);
setResolver(resolverOf(app));
await show('as registered', () => app.get(Support).ask('What does it cost?'));
await app.close();

app = await NestFactory.createApplicationContext(App.charging(0.002), quiet);
setResolver(resolverOf(app));
await show('replaced', () => app.get(Support).ask('What does it cost?'));

async function request(tenant: Tenant): Promise<void> {
  const id = ContextIdFactory.create();
  app.registerRequestByContextId(tenant, id);
  // Nest makes what has the scope of a request asynchronously: it is made before, and looked up after
  const prices = await app.resolve<FlatPrice>(TENANT_PRICES, id, { strict: false });
  const services = new Map<symbol, unknown>([
    [PRICING_SERVICE, prices],
    [SESSION_PROVIDER, () => ({ sessionId: tenant.sessionId })],
  ]);
  const resolver: Resolver = { resolve: (token) => services.get(token) };
  await withResolver(resolver, () => app.get(Support).ask('What does it cost?'));
}
await show('two requests', () =>
  Promise.all([request({ sessionId: 'ann', price: 0.003 }), request({ sessionId: 'bob', price: 0.004 })]),
);
await show('afterwards', () => app.get(Support).ask('What does it cost?'));
await app.close();
