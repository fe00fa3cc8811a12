// `form[data-passkey="create|get"]`: asks `data-passkey-begin` for a question, lets the browser's key answer it, and
// sends the answer with the form. Hidden where the browser cannot: a code by e-mail always works.

export function attachPasskeys(root: ParentNode): void {
  if (!canUsePasskeys()) return;
  for (const form of root.querySelectorAll<HTMLFormElement>("form[data-passkey]")) {
    form.hidden = false;
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      void answer(form);
    });
  }
}

function canUsePasskeys(): boolean {
  return "PublicKeyCredential" in window && "parseRequestOptionsFromJSON" in PublicKeyCredential;
}

async function answer(form: HTMLFormElement): Promise<void> {
  const status = form.querySelector<HTMLElement>("[data-passkey-status]");
  if (status) status.textContent = "";
  try {
    const credential = await ask(form);
    if (!credential) throw new Error("no credential");
    const field = form.elements.namedItem("credential") as HTMLInputElement;
    field.value = JSON.stringify(credential.toJSON());
    form.submit();
  } catch {
    // Cancelled, timed out, or no key here: what to do instead stands beside the button.
    if (status) status.textContent = status.dataset.textFailed ?? "";
  }
}

async function ask(form: HTMLFormElement): Promise<PublicKeyCredential | null> {
  const token = (form.elements.namedItem("csrfmiddlewaretoken") as HTMLInputElement).value;
  const begun = await fetch(form.dataset.passkeyBegin ?? "", { method: "POST", headers: { "X-CSRFToken": token } });
  if (!begun.ok) throw new Error(String(begun.status));
  const { publicKey } = await begun.json();
  if (form.dataset.passkey === "create") {
    const options = PublicKeyCredential.parseCreationOptionsFromJSON(publicKey);
    return (await navigator.credentials.create({ publicKey: options })) as PublicKeyCredential | null;
  }
  const options = PublicKeyCredential.parseRequestOptionsFromJSON(publicKey);
  return (await navigator.credentials.get({ publicKey: options })) as PublicKeyCredential | null;
}
