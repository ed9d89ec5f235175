import Anthropic from '@anthropic-ai/sdk';
import OpenAI from 'openai';
import { registerTracing } from 'spandrel/tsyringe';
import { container, type DependencyContainer } from 'tsyringe';
import { CommercialEvaluator } from './commercial-evaluator.js';
import type { ModelClients } from './model-clients.js';
import { MODELS, type Models } from './models.js';
import { TechnicalEvaluator } from './technical-evaluator.js';
import { CrmLookup } from './tools/crm-lookup.js';
import { NumberExtractor } from './tools/number-extractor.js';
import { PassageFinder } from './tools/passage-finder.js';
import { RubricScorer } from './tools/rubric-scorer.js';

/**
 * The service's container. Classes name what they need by `@InjectWith`; those that take a list of tools have a factory.
 * `registerTracing` lets spandrel find its own services here: prices, session provider, redactor.
 */
export function serviceContainer(clients: ModelClients, models: Models): DependencyContainer {
  const services = container.createChildContainer();
  registerTracing(services);

  services
    .registerInstance(OpenAI, clients.openai)
    .registerInstance(Anthropic, clients.anthropic)
    .register<Models>(MODELS, { useValue: models });
  const modelsOf = (c: DependencyContainer): Models => c.resolve<Models>(MODELS);

  services.register(TechnicalEvaluator, {
    useFactory: (c) =>
      new TechnicalEvaluator(c.resolve(Anthropic), modelsOf(c), [c.resolve(PassageFinder), c.resolve(RubricScorer)]),
  });
  services.register(CommercialEvaluator, {
    useFactory: (c) =>
      new CommercialEvaluator(c.resolve(OpenAI), modelsOf(c), [c.resolve(CrmLookup), c.resolve(NumberExtractor)]),
  });
  return services;
}
