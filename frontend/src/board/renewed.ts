// Parts of the page as the forum draws them now. What is in the hand stays there: words, ticks, and where one is.

export function isField(node: Element | null): node is HTMLInputElement | HTMLTextAreaElement {
  return node instanceof HTMLInputElement || node instanceof HTMLTextAreaElement;
}

const FIELDS = 'form[data-compose] [name="text"]';

export function renew(room: HTMLElement, page: ParentNode, parts: readonly string[]): void {
  const typed = new Map([...room.querySelectorAll<HTMLInputElement>(FIELDS)].map((field) => [keyOf(field), field.value]));
  const ticked = new Set([...room.querySelectorAll<HTMLInputElement>('input[name="note"]:checked')].map((tick) => tick.value));
  const focused = placeOf(document.activeElement);
  for (const part of parts) {
    const [now, then] = [room.querySelector(part), page.querySelector(part)];
    if (now && then) now.replaceWith(then);
  }
  // What somebody is writing is never cut off, whatever the clock says.
  for (const field of room.querySelectorAll<HTMLInputElement>(FIELDS)) field.value = typed.get(keyOf(field)) ?? "";
  for (const tick of room.querySelectorAll<HTMLInputElement>('input[name="note"]')) tick.checked = ticked.has(tick.value);
  if (ticked.size) room.dispatchEvent(new Event("change"));
  if (!focused || document.activeElement !== document.body) return;
  [...room.querySelectorAll<HTMLElement>("a[href], input, textarea, button, select")].find((each) => placeOf(each) === focused)?.focus({ preventScroll: true });
}

/** Which it is among what takes focus, also when the page is drawn anew; "" for what is nothing in particular. */
function placeOf(node: Element | null): string {
  if (isField(node) && node.name === "text") return `text ${keyOf(node)}`;
  if (isField(node)) return `${node.name} ${node.value}`;
  if (node instanceof HTMLAnchorElement) return `${node.getAttribute("href")} ${node.dataset["act"] ?? ""}`;
  if (node instanceof HTMLButtonElement && node.form) return `${node.form.getAttribute("action")} ${node.name} ${node.value}`;
  return "";
}

function keyOf(field: HTMLInputElement | HTMLTextAreaElement): string {
  const inside = field.form?.querySelector<HTMLInputElement>('input[name="inside"]');
  return inside?.value ?? "list";
}
