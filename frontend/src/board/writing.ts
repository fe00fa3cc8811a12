// Words are changed where they stand. Enter keeps them, Shift and Enter begin a new line, Esc leaves them as they were.
const MOST = 500;

export function write(node: HTMLElement, text: string, label: string, done: (text: string | null) => void): void {
  const place = [...node.querySelectorAll<HTMLElement>("[data-text]")].find((each) => each.closest("[data-item]") === node);
  if (!place || node.querySelector("textarea.in-place")) return;
  const field = document.createElement("textarea");
  field.className = "in-place";
  field.maxLength = MOST;
  field.rows = 2;
  field.value = text;
  field.setAttribute("aria-label", label);
  place.hidden = true;
  place.after(field);
  field.focus({ preventScroll: true });
  field.select();
  let isDone = false;
  const end = (kept: string | null): void => {
    if (isDone) return;
    isDone = true;
    field.remove();
    place.hidden = false;
    done(kept);
  };
  field.addEventListener("keydown", (event) => {
    event.stopPropagation();
    if (event.key === "Escape") end(null);
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      end(field.value.trim() || null);
    }
  });
  // A press elsewhere keeps what was written, as a word processor does.
  field.addEventListener("blur", () => end(field.value.trim() || null));
  for (const name of ["pointerdown", "dblclick", "copy", "paste", "cut"]) field.addEventListener(name, (event) => event.stopPropagation());
}
