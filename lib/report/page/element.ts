type Properties = Readonly<Record<string, string | number | boolean | undefined>>;

/**
 * Makes an element. Text is a text node, always: nothing that a span says is read as HTML. Properties are those of the
 * DOM (`className`, `onclick`); those with a dash, and `role`, are attributes.
 */
export function element<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  properties: Properties = {},
  ...children: readonly (Node | string | false | undefined)[]
): HTMLElementTagNameMap[K] {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (value === undefined || value === false) continue;
    if (name.includes('-') || name === 'role') made.setAttribute(name, String(value));
    else Object.assign(made, { [name]: value });
  }
  made.append(...children.filter((child) => child !== false && child !== undefined));
  return made;
}

/** The element of the page's skeleton with that id. */
export function byId(id: string): HTMLElement {
  const found = document.getElementById(id);
  if (!found) throw new Error(`the page has no #${id}`);
  return found;
}
