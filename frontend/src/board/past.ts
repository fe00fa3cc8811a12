// The slider through a workshop: the page for each moment is fetched while one drags, and only the newest is shown.

export function attachPast(page: HTMLElement): void {
  let wanted = 0;
  let timer = 0;

  const show = async (address: string): Promise<void> => {
    const own = (wanted += 1);
    const answer = await fetch(address, { headers: { "X-Requested-With": "past" } }).catch(() => null);
    if (!answer?.ok || own !== wanted) return;
    const came = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("[data-past-now]");
    const now = page.querySelector("[data-past-now]");
    if (!came || !now || own !== wanted) return;
    const focused = document.activeElement;
    const step = focused instanceof HTMLElement && focused.matches("[data-past-step]") ? focused.textContent : "";
    const isOnSlider = focused instanceof HTMLInputElement && focused.type === "range";
    now.replaceWith(came);
    history.replaceState(null, "", address);
    // Whoever steps with the keyboard goes on from where they were; at the end, from the slider.
    const same = [...came.querySelectorAll<HTMLElement>("[data-past-step]")].find((each) => step && each.textContent === step);
    if (same) same.focus();
    else if (step || isOnSlider) came.querySelector<HTMLInputElement>('input[type="range"]')?.focus();
  };

  const moved = (slider: HTMLInputElement): void => {
    clearTimeout(timer);
    const address = `?${slider.name}=${slider.value}`;
    timer = window.setTimeout(() => void show(address), 120);
  };

  page.addEventListener("input", (event) => {
    const slider = event.target;
    if (!(slider instanceof HTMLInputElement) || slider.type !== "range") return;
    moved(slider);
  });
  page.addEventListener("click", (event) => {
    const step = (event.target as Element).closest<HTMLAnchorElement>("a[data-past-step]");
    if (!step || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    void show(step.href);
  });
  // Who took hold of the slider before this script came is shown what they asked for.
  const slider = page.querySelector<HTMLInputElement>('input[type="range"]');
  if (slider && slider.value !== slider.defaultValue) moved(slider);
}
