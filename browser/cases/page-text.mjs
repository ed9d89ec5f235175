/** The text of what is seen there, in one line. */
export async function textOf(page, selector) {
  return (await page.locator(selector).innerText()).replace(/\s+/g, ' ').trim();
}

/** The rows of a table, each as its cells. */
export async function tableOf(page, selector) {
  return page.locator(`${selector} tbody tr`).evaluateAll((rows) => rows.map((row) => [...row.cells].map((cell) => cell.innerText.trim()))); // prettier-ignore
}
