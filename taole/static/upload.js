// Sends files in pieces, so that a cut line loses nothing: <form data-resumable>.
// The form is saved first and names its files; the pieces follow and are kept on the phone until
// the server has the last byte. Any later visit goes on where it stopped.
const PIECE = 64 * 1024, TRIES = 8;

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
    transaction.onerror = () => failed(transaction.error);
  });
};
const wait = (ms) => new Promise((done) => setTimeout(done, ms));
const token = () => document.querySelector("[name=csrf_token]")?.value ?? "";
const newId = () => crypto.randomUUID?.() ?? "10000000-1000-4000-8000-100000000000".replace(
  /[018]/g, (c) => (c ^ crypto.getRandomValues(new Uint8Array(1))[0] & 15 >> c / 4).toString(16));

const ask = (address, options) => fetch(address, {
  credentials: "same-origin", ...options, headers: { "X-CSRFToken": token(), ...options.headers },
});

// One file from where the server stands to its end; true when there is nothing left to send.
const send = async ({ id, blob }, told) => {
  for (let tries = 0; tries < TRIES; tries += 1) {
    try {
      let answer = await ask(`/uploads/${id}`, { method: "POST" });
      while (answer.ok || answer.status === 409) {
        const { received, refused } = await answer.json();
        if (refused) remember(refused);
        if (refused || received >= blob.size) return true;
        told?.(received / blob.size);
        const piece = blob.slice(received, received + PIECE);
        answer = await ask(`/uploads/${id}?offset=${received}`, { method: "PUT", body: piece });
        tries = 0;
      }
      if (answer.status < 500) return true;
    } catch { /* no line: try again */ }
    await wait(500 * 2 ** tries);
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

const goOn = async (told) => {
  let whole = true;
  for (const file of await files("readonly", (shelf) => shelf.getAll())) {
    if (await send(file, told)) await files("readwrite", (shelf) => shelf.delete(file.id));
    else whole = false;
  }
  return whole;
};

const submit = async (form, button) => {
  const data = new FormData(form, button);
  const kept = [];
  for (const input of form.querySelectorAll("input[type=file]:not([name=workbook])")) {
    if (!input.files.length) continue;
    data.delete(input.name);
    for (const file of input.files) {
      const id = newId();
      data.append("upload", id);
      data.append("upload_name", file.name);
      data.append("upload_size", file.size);
      data.append("upload_for", input.name);
      kept.push({ id, blob: file });
    }
  }
  for (const file of kept) await files("readwrite", (shelf) => shelf.put(file));
  const answer = await fetch(form.action || location.href, {
    method: "POST", body: data, credentials: "same-origin",
  });
  if (!answer.redirected) {
    for (const file of kept) await files("readwrite", (shelf) => shelf.delete(file.id));
    return false;
  }
  const bar = form.querySelector("progress") ?? form.appendChild(document.createElement("progress"));
  bar.max = 1;
  await goOn((share) => { bar.value = share; });
  location.assign(answer.url);
  return true;
};

for (const form of document.querySelectorAll("form[data-resumable]")) {
  form.addEventListener("submit", async (event) => {
    const chosen = [...form.querySelectorAll("input[type=file]:not([name=workbook])")]
      .some((input) => input.files.length);
    if (!chosen || event.defaultPrevented || form.dataset.plain || !navigator.onLine) return;
    event.preventDefault();
    form.setAttribute("aria-busy", "true");
    let gone = false;
    try { gone = await submit(form, event.submitter); } catch { gone = false; }
    form.removeAttribute("aria-busy");
    if (gone) return;
    form.dataset.plain = "1";
    form.requestSubmit(event.submitter);
  });
}

const resume = () => goOn().then(say, () => false);
addEventListener("online", resume);
resume();
