// What a draft is and how it is kept: plain values in, plain values out, so that it can be tested without a page.
export type Entry = readonly [name: string, value: string];

export interface Draft {
  readonly entries: readonly Entry[];
  readonly at: number;
  /** Pressed "send" without net: which button, to press it again. */
  readonly pending?: string;
}

export interface Shelf {
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
  removeItem(key: string): void;
}

// As long as an answer may take; after that the words are stale, and the device perhaps another's.
const KEPT_MILLISECONDS = 14 * 24 * 60 * 60 * 1000;

const key = (name: string): string => `draft:${name}`;

export function keep(shelf: Shelf, name: string, draft: Draft): boolean {
  try {
    shelf.setItem(key(name), JSON.stringify(draft));
    return true;
  } catch {
    // Full, or forbidden in a private window: the form works as any form.
    return false;
  }
}

export function kept(shelf: Shelf, name: string, now: number): Draft | undefined {
  try {
    const draft = JSON.parse(shelf.getItem(key(name)) ?? "null") as Draft | null;
    if (!draft || !Array.isArray(draft.entries) || now - draft.at > KEPT_MILLISECONDS) return undefined;
    return draft;
  } catch {
    return undefined;
  }
}

export function forget(shelf: Shelf, name: string): void {
  try {
    shelf.removeItem(key(name));
  } catch {
    // Nothing was kept either.
  }
}

export interface Field {
  readonly name: string;
  readonly type: string;
  value: string;
  checked: boolean;
  readonly isKept: boolean;
}

const CHOSEN = new Set(["checkbox", "radio"]);
const NEVER = new Set(["password", "file", "submit", "button", "reset", "image"]);

/** Every choice is told, also "none", so that what was unticked comes back unticked. */
export function entriesOf(fields: Iterable<Field>): Entry[] {
  const entries: Entry[] = [];
  for (const field of fields) {
    if (!belongs(field)) continue;
    if (!CHOSEN.has(field.type)) entries.push([field.name, field.value]);
    else if (field.checked) entries.push([field.name, field.value]);
  }
  return entries;
}

function belongs(field: Field): boolean {
  if (!field.name || NEVER.has(field.type)) return false;
  return field.type !== "hidden" || field.isKept;
}

/** Puts a draft back. What the server has written in a field stands: it is newer. Tells whether anything was put back. */
export function restore(fields: readonly Field[], draft: Draft): boolean {
  const written = (field: Field): boolean => !CHOSEN.has(field.type) && field.type !== "hidden" && field.value.trim() !== "";
  const hasServerSpoken = fields.some((field) => belongs(field) && field.type !== "select-one" && written(field));
  let isChanged = false;
  for (const field of fields) {
    if (!belongs(field)) continue;
    const values = draft.entries.filter(([name]) => name === field.name).map(([, value]) => value);
    if (CHOSEN.has(field.type)) {
      const isChosen = values.includes(field.value);
      // A field that the draft does not know of keeps what the server ticked.
      if (hasServerSpoken || field.checked === isChosen || !draft.entries.length) continue;
      field.checked = isChosen;
      isChanged = true;
    } else if (values[0] !== undefined && values[0] !== field.value && (!written(field) || field.type === "hidden")) {
      field.value = values[0];
      isChanged = true;
    } else if (field.type === "select-one" && values[0] && !hasServerSpoken && values[0] !== field.value) {
      field.value = values[0];
      isChanged = true;
    }
  }
  return isChanged;
}
