// Keeps what was typed into <form data-draft="key"> on this device until the server has answered.
// Text, choices and dates only: never passwords, files or hidden fields. Nothing older than 14 days.
const PREFIX = "taole-draft:", KEPT = 14 * 864e5;
const form = document.querySelector("form[data-draft]");
const key = form && PREFIX + form.dataset.draft;

const read = (name) => {
  try { return JSON.parse(localStorage.getItem(name)); } catch { return null; }
};
const write = (draft) => {
  try { localStorage.setItem(key, JSON.stringify(draft)); } catch { /* full or forbidden */ }
};
const forget = (name) => {
  try { localStorage.removeItem(name); } catch { /* forbidden */ }
};
const names = () => {
  try { return Object.keys(localStorage).filter((name) => name.startsWith(PREFIX)); } catch { return []; }
};
const fields = () => [...form.elements].filter((f) =>
  f.name && !["password", "file", "hidden", "submit", "button"].includes(f.type));
const note = (which, shown) => {
  const found = form.querySelector(`[data-draft-${which}]`);
  if (found) found.hidden = !shown;
  return found;
};
const isTick = (f) => f.type === "checkbox" || f.type === "radio";

for (const name of names()) {
  const draft = read(name);
  const answered = draft?.sent && (name !== key || document.querySelector(".err-sum"));
  if (!draft || answered || Date.now() - draft.at > KEPT) forget(name);
}

if (form) {
  const save = (sent = false) => write({
    at: Date.now(), sent,
    values: fields().map((f) => [f.name, isTick(f) ? [f.value, f.checked] : f.value]),
  });
  const draft = document.querySelector(".err-sum") ? null : read(key);
  if (draft) {
    const left = fields();
    let changed = false;
    for (const [name, value] of draft.values) {
      const at = left.findIndex((f) => f.name === name
        && (isTick(f) ? Array.isArray(value) && f.value === value[0] : !Array.isArray(value)));
      if (at < 0) continue;
      const [f] = left.splice(at, 1);
      const now = isTick(f) ? f.checked : f.value;
      const then = isTick(f) ? value[1] : value;
      if (now === then) continue;
      if (isTick(f)) f.checked = then; else f.value = then;
      changed = true;
    }
    note("restored", changed);
  }
  form.addEventListener("input", () => save());
  form.addEventListener("submit", (event) => {
    save(navigator.onLine);
    if (navigator.onLine) return;
    event.preventDefault();
    note("offline", true)?.scrollIntoView({ block: "center" });
  });
  form.querySelector("[data-draft-discard]")?.addEventListener("click", () => {
    forget(key);
    form.reset();
    note("restored", false);
  });
  addEventListener("offline", () => note("offline", true));
  addEventListener("online", () => note("offline", false));
  note("offline", !navigator.onLine);
}
