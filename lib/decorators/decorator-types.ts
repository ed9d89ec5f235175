import type { TemplateVariables } from '../context/prompt-template.js';
import type { AnyFn } from '../span/call.js';

/** A method decorator in both protocols. It takes the method's own type and gives it back: generics, overloads and predicates stay. */
export interface MethodDecoratorOf<M extends AnyFn> {
  // standard
  <F extends M>(value: F, context: ClassMethodDecoratorContext<any, F>): F | void;
  // legacy
  <F extends M>(
    target: object,
    key: string | symbol,
    descriptor: TypedPropertyDescriptor<F>,
  ): TypedPropertyDescriptor<F> | void;
}

/** A decorator of a field that holds a function; standard protocol only. */
export interface FieldDecoratorOf<M extends AnyFn> {
  <T, F extends M>(value: undefined, context: ClassFieldDecoratorContext<T, F>): (this: T, initial: F) => F;
}

/** A class decorator in both protocols; it changes the class in place. */
export interface ClassDecoratorOf {
  <C extends { readonly prototype: object }>(value: C, context?: ClassDecoratorContext<any>): void;
}

/** Never called: what the compiler says where a decorator cannot stand. */
export interface Misplaced<Why extends string> {
  (value: unknown, context: Why, descriptor?: unknown): never;
}

/** What our decorators are: for methods, for fields that hold a function (under standard decorators), and for classes. */
export type SpandrelDecorator<
  M extends AnyFn = AnyFn,
  Why extends string =
    'This decorator goes on a method of this type, on a field that holds a function (not under experimentalDecorators), or on a class',
> = MethodDecoratorOf<M> & FieldDecoratorOf<M> & ClassDecoratorOf & Misplaced<Why>;

/** {@link SpandrelDecorator} of methods whose first argument has the template's variables as properties. */
export type PromptDecorator<T extends string> = SpandrelDecorator<
  TakesVariables<T>,
  'The first argument of the method lacks a variable of the template: name its properties as the variables, or give PromptTemplate the values'
>;

/** A method whose first argument has the template's variables as properties; any method where the template has none, or is no literal. */
export type TakesVariables<T extends string> = string extends T
  ? AnyFn
  : [TemplateVariables<T>] extends [never]
    ? AnyFn
    : {
        // as a method, whose arguments are compared both ways: the first one may have more properties than the variables,
        // of any type
        takes(first: { readonly [K in TemplateVariables<T>]: any }, ...rest: any[]): any;
      }['takes'];
