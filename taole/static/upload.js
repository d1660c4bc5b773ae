// Sends files in pieces, so that a cut line loses nothing: <form data-resumable>.
// The form is saved first and names its files; the pieces follow and are kept on the phone until
// the server has the last byte, or knows nothing of it for a week. Any later visit goes on where it
// stopped; a form sent again after a lost answer names the same files.
const PIECE = 64 * 1024, TRIES = 8, TRIES_NOW = 3, KEPT = 7 * 864e5;

const store = new Promise((opened, refused) => {
  const asked = indexedDB.open("taole-uploads", 1);
  asked.onupgradeneeded = () => asked.result.createObjectStore("files", { keyPath: "id" });
  asked.onsuccess = () => opened(asked.result);
  asked.onerror = () => refused(asked.error);
});
const files = async (mode, act) => {
  const transaction = (await store).transaction("files", mode);
  const asked = act(transaction.objectStore("files"));
  return new Promise((done, failed) => {
    transaction.oncomplete = () => done(asked.result);
    transaction.onerror = transaction.onabort = () => failed(transaction.error);
  });
};
const keep = (file) => files("readwrite", (shelf) => shelf.put(file));
const forget = (id) => files("readwrite", (shelf) => shelf.delete(id));
const wait = (ms) => new Promise((done) => setTimeout(done, ms));
const token = () => document.querySelector("[name=csrf_token]")?.value ?? "";
const newId = () => crypto.randomUUID?.() ?? "10000000-1000-4000-8000-100000000000".replace(
  /[018]/g, (c) => (c ^ crypto.getRandomValues(new Uint8Array(1))[0] & 15 >> c / 4).toString(16));
const ids = new WeakMap();

const ask = (address, options) => fetch(address, {
  credentials: "same-origin", redirect: "error", ...options, headers: { "X-CSRFToken": token() },
});

// One file from where the server stands to its end; true when the phone need not keep it longer.
const send = async ({ id, blob, at }, most, told) => {
  for (let tries = 0; tries < most; tries += 1) {
    if (tries) await wait(250 * 2 ** tries);
    try {
      let answer = await ask(`/uploads/${id}`, { method: "POST" });
      while (answer.ok || answer.status === 409) {
        const { received, refused } = await answer.json();
        if (refused) remember(refused);
        if (refused || received >= blob.size) return true;
        told?.(received / blob.size);
        const piece = blob.slice(received, received + PIECE, "application/octet-stream");
        answer = await ask(`/uploads/${id}?offset=${received}`, { method: "PUT", body: piece });
        tries = 0;
      }
      if (answer.status === 422) {
        remember((await answer.json()).error);
        return true;
      }
      if (answer.status < 500) return Date.now() - at > KEPT;
    } catch { /* no line: try again */ }
  }
  return false;
};

// What the server would not keep is said on the next page.
const REFUSED = "taole-refused";
const remember = (words) => {
  try { sessionStorage.setItem(REFUSED, words); } catch { /* forbidden */ }
};
const say = () => {
  let words;
  try { words = sessionStorage.getItem(REFUSED); sessionStorage.removeItem(REFUSED); } catch { return; }
  if (!words) return;
  const note = document.createElement("div");
  note.className = "note s-miss m-3";
  note.setAttribute("role", "alert");
  note.textContent = words;
  document.querySelector("main")?.prepend(note);
};

const goOn = async (most, told) => {
  for (const file of await files("readonly", (shelf) => shelf.getAll())) {
    if (await send(file, most, told)) await forget(file.id);
  }
};

const inputs = (form) => [...form.querySelectorAll("input[type=file]:not([name=workbook])")]
  .filter((input) => input.files.length);
const show = (form, which, shown) => {
  const found = form.querySelector(`[data-${which}]`);
  if (found) found.hidden = !shown;
  return found;
};

const submit = async (form, button) => {
  const data = new FormData(form), promised = [];
  if (button?.name) data.set(button.name, button.value);
  for (const input of inputs(form)) {
    data.delete(input.name);
    for (const file of input.files) {
      const id = ids.get(file) ?? newId();
      ids.set(file, id);
      data.append("upload", id);
      data.append("upload_name", file.name);
      data.append("upload_size", file.size);
      data.append("upload_for", input.name);
      promised.push({ id, blob: file, at: Date.now() });
    }
  }
  for (const file of promised) await keep(file);
  let answer;
  try {
    answer = await fetch(form.action, {
      method: "POST", body: data, credentials: "same-origin", headers: { "X-Pieces": "1" },
    });
  } catch {
    const note = show(form, "draft-offline", true);
    if (!note) throw new Error("no line");
    note.scrollIntoView({ block: "center" });
    return;
  }
  const next = answer.headers.get("X-Location");
  if (!next) throw new Error("not saved");
  const bar = show(form, "sending", true)?.querySelector("progress");
  await goOn(TRIES_NOW, (share) => { if (bar) bar.value = share; });
  location.assign(next);
};

for (const form of document.querySelectorAll("form[data-resumable]")) {
  form.addEventListener("submit", async (event) => {
    if (form.hasAttribute("aria-busy")) event.preventDefault();
    const button = event.submitter;
    if (event.defaultPrevented || form.dataset.plain || button?.formNoValidate
      || !inputs(form).length || !navigator.onLine) return;
    event.preventDefault();
    form.setAttribute("aria-busy", "true");
    try {
      await submit(form, button);
      form.removeAttribute("aria-busy");
    } catch {
      form.removeAttribute("aria-busy");
      form.dataset.plain = "1";
      form.requestSubmit(button);
    }
  });
}

const resume = () => goOn(TRIES).then(say, () => false);
addEventListener("online", resume);
addEventListener("taole-pictures", resume);
resume();
