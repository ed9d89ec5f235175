// Nest with its own decorators beside ours, as an application writes them: routes, metadata, an interceptor, request scope.
import 'reflect-metadata';
import {
  Controller,
  Get,
  Injectable,
  Module,
  Param,
  Scope,
  SetMetadata,
  UseInterceptors,
  type CallHandler,
  type ExecutionContext,
  type NestInterceptor,
} from '@nestjs/common';
import { NestFactory, Reflector } from '@nestjs/core';
import { map, type Observable } from 'rxjs';
import { TraceFunction } from 'spandrel';
import { main, tracing } from './kit.js';

@Injectable()
class Shouting implements NestInterceptor {
  constructor(private readonly reflector: Reflector) {}
  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const mark = this.reflector.get<string>('mark', context.getHandler());
    return next.handle().pipe(map((text) => `${String(text)}${mark}`));
  }
}

@Injectable({ scope: Scope.REQUEST })
class Greeter {
  static made = 0;
  constructor() {
    Greeter.made++;
  }
  @TraceFunction()
  async greet(name: string): Promise<string> {
    return `Hello ${name}`;
  }
}

@Controller('greet')
@UseInterceptors(Shouting)
class Greetings {
  constructor(private readonly greeter: Greeter) {}
  @Get(':name')
  @SetMetadata('mark', '!')
  @TraceFunction()
  greet(@Param('name') name: string): Promise<string> {
    return this.greeter.greet(name);
  }
}

@Module({ controllers: [Greetings], providers: [Greeter, Shouting] })
class App {}

main(async () => {
  const app = await NestFactory.create(App, { logger: false });
  await app.listen(0, '127.0.0.1');
  const url = await app.getUrl();
  for (const name of ['Ada', 'Ben']) console.log(await (await fetch(`${url}/greet/${name}`)).text());
  console.log(Greeter.made, tracing.spans.map(({ attributes }) => String(attributes['input.value'])).join());
  await app.close();
});
