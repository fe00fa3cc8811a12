// `form[data-draft="name"]`: what one writes is kept on the device while one writes, comes back after a reload, and a form
// sent without net waits for it. `[data-draft-clear="name"]` on the next page forgets it: the server has it now.
import { entriesOf, forget, keep, kept, restore } from "./kept.ts";
import type { Field, Shelf } from "./kept.ts";

const PAUSE_MILLISECONDS = 300;
const BACK_ONLINE_MILLISECONDS = 800;

type State = "kept" | "restored" | "waiting";

function shelf(): Shelf | undefined {
  try {
    return localStorage;
  } catch {
    return undefined;
  }
}

export function clearDrafts(root: ParentNode): void {
  const store = shelf();
  if (!store) return;
  root.querySelectorAll<HTMLElement>("[data-draft-clear]").forEach((element) => {
    for (const name of element.dataset.draftClear?.split(/\s+/) ?? []) forget(store, name);
  });
}

export function attachDrafts(root: ParentNode): void {
  const store = shelf();
  if (!store) return;
  root.querySelectorAll<HTMLFormElement>("form[data-draft]:not([data-is-drafted])").forEach((form) => attachDraft(form, store));
}

function attachDraft(form: HTMLFormElement, store: Shelf): void {
  form.dataset.isDrafted = "";
  const name = form.dataset.draft ?? "";
  let pause: ReturnType<typeof setTimeout> | undefined;
  let isTouched = false;

  const save = (pending?: string): void => {
    clearTimeout(pause);
    const draft = { entries: entriesOf(fieldsOf(form)), at: Date.now() };
    if (keep(store, name, pending === undefined ? draft : { ...draft, pending })) tell(form, pending === undefined ? "kept" : "waiting");
  };
  const saveIfTouched = (): void => {
    if (isTouched && !isWaiting(store, name)) save();
  };
  const sendAgain = (): void => {
    const draft = kept(store, name, Date.now());
    if (draft?.pending === undefined || !navigator.onLine) return;
    const button = [...form.querySelectorAll<HTMLButtonElement>("button:not([type='button']), input[type='submit']")].find(
      (one) => `${one.name}=${one.value}` === draft.pending,
    );
    // Before it is sent: should it fail, the words are kept, but nothing is sent behind the writer's back.
    save();
    form.requestSubmit(button ?? null);
  };

  const before = kept(store, name, Date.now());
  if (before && restore(fieldsOf(form), before)) {
    tell(form, "restored");
    // Whoever listens to the field, such as the skills heard, hears of it too.
    form.querySelector("textarea")?.dispatchEvent(new Event("input", { bubbles: true }));
  }
  if (before?.pending !== undefined) {
    tell(form, "waiting");
    setTimeout(sendAgain, BACK_ONLINE_MILLISECONDS);
  }

  form.addEventListener("input", (event) => {
    if (!event.isTrusted) return;
    isTouched = true;
    clearTimeout(pause);
    pause = setTimeout(save, PAUSE_MILLISECONDS);
  });
  form.addEventListener("submit", (event) => {
    if (navigator.onLine) return saveIfTouched();
    event.preventDefault();
    const button = event.submitter as HTMLButtonElement | null;
    save(button ? `${button.name}=${button.value}` : "");
  });
  addEventListener("pagehide", saveIfTouched);
  addEventListener("online", () => setTimeout(sendAgain, BACK_ONLINE_MILLISECONDS));
}

function isWaiting(store: Shelf, name: string): boolean {
  return kept(store, name, Date.now())?.pending !== undefined;
}

function fieldsOf(form: HTMLFormElement): Field[] {
  return [...form.elements]
    .filter((one): one is HTMLInputElement => one.matches("input, textarea, select") && !one.closest("[data-draft-skip]"))
    .map((one) => ({
      name: one.name,
      type: one.type,
      isKept: one.dataset.draftKeep !== undefined,
      get value() {
        return one.value;
      },
      set value(value) {
        one.value = value;
      },
      get checked() {
        return one.checked;
      },
      set checked(isChecked) {
        one.checked = isChecked;
      },
    }));
}

function tell(form: HTMLFormElement, state: State): void {
  form.querySelectorAll<HTMLElement>("[data-draft-status]").forEach((status) => show(status, state));
}

function show(status: HTMLElement, state: State): void {
  status.dataset.state = state;
  status.querySelectorAll<HTMLElement>("[data-draft-icon]").forEach((icon) => {
    icon.hidden = icon.dataset.draftIcon !== (state === "waiting" ? "waiting" : "kept");
  });
  const { textKept, textRestored, textWaiting, textWaitingLong } = status.dataset;
  const text = { kept: textKept, restored: textRestored, waiting: `${textWaiting}. ${textWaitingLong}` }[state] ?? "";
  const place = status.querySelector("[data-draft-text]");
  // The same words once more would be read aloud at each pause.
  if (place && place.textContent !== text) place.textContent = text;
}
