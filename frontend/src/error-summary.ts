// `[data-error-summary]`: takes focus when a form comes back, and its links take the reader into the field.
export function attachErrorSummary(root: ParentNode): void {
  const summary = root.querySelector<HTMLElement>("[data-error-summary]:not([data-is-attached])");
  if (!summary) return;
  summary.dataset.isAttached = "";
  summary.focus();
  summary.addEventListener("click", (event) => {
    const link = (event.target as Element).closest<HTMLAnchorElement>("a[href^='#']");
    const field = link && document.getElementById(link.hash.slice(1));
    if (!field) return;
    event.preventDefault();
    const control = field.matches("input, select, textarea") ? field : field.querySelector<HTMLElement>("input, select, textarea");
    // The label first: it must be seen with the field.
    (control?.closest(".ds-field, fieldset, .check") ?? field).scrollIntoView({ block: "start" });
    (control ?? field).focus({ preventScroll: true });
  });
}
