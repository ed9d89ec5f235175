import { definePrompt, PromptTemplate, withPromptTemplate, type TemplateVariables } from '../../lib/index.js';

// Variables are typed from the template, in both decorator protocols.

type Same<A, B> = [A, B] extends [B, A] ? true : false;
const is = <T extends true>(): T | void => {};

is<Same<TemplateVariables<'{a} and { b }, {{c}} and {{ d }}, {a} again'>, 'a' | 'b' | 'c' | 'd'>>();
is<Same<TemplateVariables<'{{{triple}}} {{single} {_x1} {$y}'>, 'triple' | 'single' | '_x1' | '$y'>>();
is<Same<TemplateVariables<'{größe} {文本}'>, 'größe' | '文本'>>();
is<Same<TemplateVariables<'{"json": {"like": [1, {value}]}} {{ "a": {name} }}'>, 'value' | 'name'>>();
is<Same<TemplateVariables<'{0} {1st} {user.name} {a-b} {two words} {…} {} {{}} { } {open'>, never>>();
is<Same<TemplateVariables<string>, string>>();

const prompt = definePrompt({ name: 'p', version: '1', template: 'Dear {name}, {{ greeting }}' });
prompt.render({ name: 'Ann', greeting: 1 });
export const names: readonly ('name' | 'greeting')[] = prompt.variableNames;
definePrompt({ name: 'plain', template: 'no variables' }).render();
definePrompt({ name: 'plain', template: 'no variables' }).render({});
definePrompt({ name: 'loaded', template: 'x' as string }).render({ any: 'thing' });
// @ts-expect-error nothing given
prompt.render();
// @ts-expect-error one is missing
prompt.render({ name: 'Ann' });
// @ts-expect-error one too many
prompt.render({ name: 'Ann', greeting: 1, more: 1 });
// @ts-expect-error no name
definePrompt({ template: 'x' });
// @ts-expect-error an unknown key
definePrompt({ name: 'x', template: 'x', versoin: '1' });

withPromptTemplate({ template: 'Hi {name}', variables: { name: [1, 2] } }, () => 1).toFixed();
withPromptTemplate({ prompt, variables: { name: 1, greeting: 2 } }, () => 1).toFixed();
// @ts-expect-error a variable of the definition is missing
withPromptTemplate({ prompt, variables: { name: 1 } }, () => 1);
// @ts-expect-error neither a template nor a prompt
withPromptTemplate({ variables: {} }, () => 1);

export class Good {
  @PromptTemplate('Hi {name}') greet(person: { name: string; age?: number }, twice: boolean): string {
    return person.name.repeat(twice ? 2 : 1);
  }
  @PromptTemplate(prompt) write(input: { readonly name: string; readonly greeting: string }): string {
    return prompt.render(input);
  }
  @PromptTemplate('Hi {name}') more<P extends { name: string; age: number }>(person: P): P {
    return person;
  }
  @PromptTemplate('Hi {name}') wider(person: { name: string; age: number; tags: readonly string[] }): number {
    return person.age;
  }
  @PromptTemplate('Hi {name}') loose(person: Record<string, unknown>): unknown {
    return person['name'];
  }
  @PromptTemplate('no variables') plain(count: number): number {
    return count;
  }
  @PromptTemplate('read from a file' as string) loaded(count: number): number {
    return count;
  }
  @PromptTemplate('Hi {name}', { name: 'Bob' }) fixed(): void {}
  @PromptTemplate({ template: 'Hi {name}', version: '1' }, { name: 'Bob' }) versioned(): void {}
  @PromptTemplate('Hi {name}', ({ args: [name] }) => ({ name })) mapped(name: string): string {
    return name;
  }
  @PromptTemplate('Hi {name}', ({ self }) => ({ name: (self as Good).fixed, more: 1 })) withMore(): void {}
  @PromptTemplate<'Hi {name}', Good['typed']>('Hi {name}', ({ args: [name] }) => ({ name: name.trim() })) typed(
    name: string,
  ): string {
    return name;
  }
}

export class Bad {
  // @ts-expect-error the first argument lacks the variable
  @PromptTemplate('Hi {name}') variables(person: { nam: string }): string {
    return person.nam;
  }
  // @ts-expect-error the first argument is no object
  @PromptTemplate('Hi {name}') text(name: string): string {
    return name;
  }
  // @ts-expect-error the mapping lacks the variable
  @PromptTemplate('Hi {first}', ({ args }) => ({ frist: args[0] })) mapping(name: string): string {
    return name;
  }
  // @ts-expect-error the mapping lacks the variable, which functions have a property of
  @PromptTemplate('Hi {name}', ({ args }) => ({ nam: args[0] })) hidden(name: string): string {
    return name;
  }
  // @ts-expect-error the values lack a variable
  @PromptTemplate('Hi {first} {last}', { first: 1 }) values(): void {}
  // @ts-expect-error the mapping lacks a variable of the definition
  @PromptTemplate(prompt, () => ({ name: 1 })) definition(): void {}
  // @ts-expect-error the argument is a string
  @PromptTemplate<'Hi {name}', Bad['typed']>('Hi {name}', ({ args: [name] }) => ({ name: name.toFixed() })) typed(
    name: string,
  ): string {
    return name;
  }
  // @ts-expect-error typed for a method with other arguments
  @PromptTemplate<'Hi {name}', Bad['typed']>('Hi {name}', { name: 1 }) other(flag: boolean): boolean {
    return flag;
  }
}
