// `[data-hear="/url"][data-hear-into="#id"]` on a textarea: while one writes, the skills we hear are fetched and shown.
// htmx could fetch them; but it would tick again what the writer has ticked away.
const PAUSE_MILLISECONDS = 400;

/** The writer's own choices, by the chip's value; they outlive each new answer. */
export type Choices = Map<string, boolean>;

export function chosenOr(choices: Choices, value: string, isChecked: boolean): boolean {
  return choices.get(value) ?? isChecked;
}

export function attachHear(root: ParentNode): void {
  root.querySelectorAll<HTMLTextAreaElement>("[data-hear]:not([data-is-attached])").forEach(attachOne);
}

function attachOne(field: HTMLTextAreaElement): void {
  const into = document.querySelector<HTMLElement>(field.dataset.hearInto ?? "");
  if (!into || !field.form) return;
  field.dataset.isAttached = "";
  const form = field.form;
  const choices: Choices = new Map();
  const says = new Map<string, string>();
  let pause: ReturnType<typeof setTimeout> | undefined;
  let asked: AbortController | undefined;
  let heardFor = field.value.trim();

  into.addEventListener("change", (event) => {
    const chip = event.target as HTMLInputElement;
    if (chip.type === "checkbox") choices.set(chip.value, chip.checked);
  });
  into.addEventListener("change", (event) => {
    if (event.target instanceof HTMLSelectElement) says.set(event.target.name, event.target.value);
  });

  const ask = async (): Promise<void> => {
    const words = field.value.trim();
    if (words === heardFor) return;
    asked?.abort();
    asked = new AbortController();
    try {
      const answer = await fetch(field.dataset.hear ?? "", {
        method: "POST",
        body: new FormData(form),
        headers: { "HX-Request": "true" },
        signal: asked.signal,
      });
      if (!answer.ok) return;
      show(into, await answer.text(), choices, says);
      heardFor = words;
    } catch {
      // Without net, or overtaken by the next key: what was heard stands, and the form can be sent as it is.
    }
  };
  field.addEventListener("input", () => {
    clearTimeout(pause);
    pause = setTimeout(() => void ask(), PAUSE_MILLISECONDS);
  });
  // A draft put back before this file had come.
  if (field.value.trim() !== field.defaultValue.trim()) {
    heardFor = field.defaultValue.trim();
    void ask();
  }
}

function show(into: HTMLElement, html: string, choices: Choices, says: ReadonlyMap<string, string>): void {
  const active = into.contains(document.activeElement) ? document.activeElement : null;
  const focused = active instanceof HTMLInputElement ? active.value : undefined;
  const focusedSelect = active instanceof HTMLSelectElement ? active.name : undefined;
  into.replaceChildren(...new DOMParser().parseFromString(html, "text/html").body.childNodes);
  // What the same answer says about another part of the page, such as others who need the same.
  into.querySelectorAll<HTMLElement>("[data-also-into]").forEach((part) => {
    document.querySelector(part.dataset.alsoInto ?? "")?.replaceChildren(...part.childNodes);
    part.remove();
  });
  into.querySelectorAll<HTMLInputElement>("input[type='checkbox']").forEach((chip) => {
    chip.checked = chosenOr(choices, chip.value, chip.checked);
    if (focused !== undefined && chip.value === focused) chip.focus();
  });
  into.querySelectorAll<HTMLSelectElement>("select").forEach((select) => {
    const said = says.get(select.name);
    if (said !== undefined && [...select.options].some((option) => option.value === said)) select.value = said;
    if (select.name === focusedSelect) select.focus();
  });
}
