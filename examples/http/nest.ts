import {
  Controller,
  Get,
  Module,
  type INestApplication,
  type MiddlewareConsumer,
  type NestApplicationOptions,
} from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import 'reflect-metadata';
import { expressScope } from 'spandrel/http';
import { SCOPE, Service, userOf, type Started, type User } from './service.js';

const service = new Service();

class Answers {
  answer(): Promise<string> {
    return service.answer();
  }
}
// Nest's decorators are legacy ones. This file is compiled under both protocols, so they are applied by hand; in an application of
// Nest's they stand over the class as usual, beside ours.
Get('answer')(Answers.prototype, 'answer', { value: Answers.prototype.answer });
Controller()(Answers);

class App {
  configure(consumer: MiddlewareConsumer): void {
    consumer.apply(authenticate, expressScope(SCOPE)).forRoutes('*path');
  }
}
Module({ controllers: [Answers] })(App);

function authenticate(request: { headers: Record<string, unknown>; user?: User }, _: unknown, next: () => void): void {
  const user = userOf(request.headers['authorization']);
  if (user) request.user = user;
  next();
}

/** Nest, on Express: the scope is a middleware of the module, after authentication. */
export async function startNest(): Promise<Started> {
  const quiet = Object.assign(Object.create(null), { logger: false }) as NestApplicationOptions;
  const app: INestApplication = await NestFactory.create(App, quiet);
  await app.listen(0, '127.0.0.1');
  return { url: await app.getUrl(), close: () => app.close() };
}
