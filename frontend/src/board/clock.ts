// The clock of a phase. It warns in words and colour, and cuts nothing off.

/** `04:12` that are left, and whether the time is up. */
export function shown(endsAt: number, now: number): { text: string; isOver: boolean } {
  const left = Math.max(0, Math.ceil((endsAt - now) / 1000));
  const two = (number: number): string => String(number).padStart(2, "0");
  return { text: `${two(Math.floor(left / 60))}:${two(left % 60)}`, isOver: endsAt <= now };
}

export function runClock(room: HTMLElement, over: string): void {
  const tick = (): void => {
    const clock = room.querySelector<HTMLElement>("[data-clock]");
    if (!clock) return;
    const { text, isOver } = shown(Date.parse(clock.dataset["clock"] ?? ""), Date.now());
    if (clock.textContent !== text) clock.textContent = text;
    if (isOver && !clock.hasAttribute("data-over")) {
      const words = room.querySelector("[data-clock-words]");
      if (words) words.textContent = over;
    }
    clock.toggleAttribute("data-over", isOver);
  };
  tick();
  setInterval(tick, 1000);
}
