// Keeps a visit on the phone while it is noted (<form data-visit="unit">): marks, problems and
// pictures go into IndexedDB as they are entered, and are sent once when there is a line. The ids
// are made here, so that what is sent again is the same visit. Pictures follow by upload.js.
import { smaller } from "./photo.js";

const MOST_PICTURES = 36, KEPT = 30 * 864e5;
const form = document.querySelector("form[data-visit]");
const page = form ?? document.querySelector("[data-visits]");
const person = page?.dataset.person;

const open = (name, stores) => new Promise((opened, refused) => {
  const asked = indexedDB.open(name, 1);
  asked.onupgradeneeded = () => stores.forEach((each) => asked.result.createObjectStore(each, { keyPath: "id" }));
  asked.onsuccess = () => opened(asked.result);
  asked.onerror = () => refused(asked.error);
});
const visits = open("taole-visits", ["visits", "pictures"]), uploads = open("taole-uploads", ["files"]);
const inStore = async (database, store, mode, act) => {
  const transaction = (await database).transaction(store, mode);
  const asked = act(transaction.objectStore(store));
  return new Promise((done, failed) => {
    transaction.oncomplete = () => done(asked?.result);
    transaction.onerror = transaction.onabort = () => failed(transaction.error);
  });
};
const all = (store) => inStore(visits, store, "readonly", (shelf) => shelf.getAll());
const put = (store, it) => inStore(visits, store, "readwrite", (shelf) => shelf.put(it));
const drop = (store, id) => inStore(visits, store, "readwrite", (shelf) => shelf.delete(id));
const newId = () => crypto.randomUUID?.() ?? "10000000-1000-4000-8000-100000000000".replace(
  /[018]/g, (c) => (c ^ crypto.getRandomValues(new Uint8Array(1))[0] & 15 >> c / 4).toString(16));
const show = (which, shown, words) => {
  const found = page.querySelector(`[data-${which}]`);
  if (!found) return;
  found.hidden = !shown;
  if (words) found.querySelector(".grow").textContent = words;
  if (shown) found.scrollIntoView({ block: "center" });
};

// --- what is sent, and what comes of it: "sent", "refused", "signed-out" or "no line"
const send = async (visit) => {
  const pictures = (await all("pictures")).filter((each) => each.visit === visit.id);
  const of = (problem) => pictures.filter((each) => each.problem === problem);
  const data = new FormData();
  data.set("csrf_token", document.querySelector("[name=csrf_token]").value);
  data.set("visit", visit.id);
  for (const [name, value] of visit.fields) data.set(name, value);
  data.set("problems", JSON.stringify(visit.problems.map((each) => ({
    ...each,
    photographs: of(each.problem).map(({ id, name, blob }) => ({ id, name, size: blob.size })),
  }))));
  let answer, told;
  try {
    answer = await fetch(visit.address, {
      method: "POST", body: data, credentials: "same-origin", redirect: "manual",
      headers: { "X-Visit": "1" },
    });
    if (answer.type === "opaqueredirect" || [400, 401, 403].includes(answer.status)) return ["signed-out"];
    told = await answer.json();
  } catch { return ["no line"]; }
  if (answer.status === 422) return ["refused", told.error];
  if (!answer.ok) return ["no line"];
  const kept = new Set(visit.problems.map((each) => each.problem));
  for (const { id, problem, blob } of pictures) {
    if (kept.has(problem)) await inStore(uploads, "files", "readwrite", (shelf) => shelf.put({ id, blob, at: Date.now() }));
    await drop("pictures", id);
  }
  await drop("visits", visit.id);
  return ["sent", told.next];
};

let now = null, sending = null;
const sendAll = async () => {
  let waits = false, sent = false;
  for (const visit of await all("visits")) {
    if (visit.person !== person) continue;
    if (!visit.finished) {
      if (Date.now() - visit.at > KEPT) await drop("visits", visit.id);
      continue;
    }
    const [outcome, words] = await send(visit);
    const mine = now?.id === visit.id;
    if (outcome === "sent") {
      sent = true;
      if (mine) return location.assign(words);
      continue;
    }
    waits = true;
    if (outcome === "refused") {
      show("refused", true, words);
      if (mine) { now.finished = false; await put("visits", now); waits = false; }
    } else if (outcome === "signed-out") show("signed-out", true);
  }
  show("kept", waits);
  if (sent) {
    show("sent", true);
    dispatchEvent(new CustomEvent("taole-pictures"));
  }
  return waits;
};
const trySending = () => (sending ??= sendAll().catch(() => false).finally(() => { sending = null; }));

// --- the form
const start = async () => {
  const field = (name) => form.elements[name];
  const inBlock = (input) => input.closest("[data-block]");
  const block = form.querySelector("[data-block]");
  const input = field("photographs"), shots = form.querySelector(".shots");
  const shoot = form.querySelector("[data-shoot]"), list = form.querySelector("[data-noted-list]");
  const noted = document.querySelector("[data-noted]"), before = Number(noted.dataset.noted);
  let queue = Promise.resolve();

  const values = (wanted) => [...form.elements].filter((each) => each.name && wanted(each)
    && !["file", "submit", "button"].includes(each.type)
    && (each.type !== "radio" || each.checked)).map((each) => [each.name, each.value]);
  const keep = () => {
    now.at = Date.now();
    now.fields = values((each) => !inBlock(each) && !["csrf_token", "visit", "problem"].includes(each.name));
    now.block = values(inBlock);
    now.problem = field("problem").value;
    const kept = structuredClone(now);
    queue = queue.then(() => put("visits", kept)).catch(() => {});
    return queue;
  };
  const set = (name, value) => {
    const found = form.elements[name];
    if (!found) return;
    if (found instanceof RadioNodeList || found.type === "radio") {
      for (const each of form.querySelectorAll(`[name="${CSS.escape(name)}"]`)) each.checked = each.value === value;
    } else found.value = value;
  };
  const mine = async () => (await all("pictures")).filter((each) => each.visit === now.id);
  const drawShots = async () => {
    const pictures = (await mine()).filter((each) => each.problem === field("problem").value);
    shots.querySelectorAll(".shot").forEach((each) => each.remove());
    for (const { id, blob } of pictures) {
      const shot = shots.querySelector("[data-shot]").content.cloneNode(true);
      const image = shot.querySelector("img");
      image.src = URL.createObjectURL(blob);
      image.onload = () => URL.revokeObjectURL(image.src);
      shot.querySelector("button").onclick = async () => { await drop("pictures", id); await drawShots(); };
      shots.insertBefore(shot, shoot);
    }
    shots.querySelector("[data-first]").hidden = pictures.length > 0;
    shots.querySelector("[data-again]").hidden = !pictures.length;
    shoot.hidden = pictures.length >= Number(form.dataset.most) || (await mine()).length >= MOST_PICTURES;
    return pictures;
  };
  const drawNoted = () => {
    noted.textContent = noted.textContent.replace(/\d+/, before + now.problems.length);
    list.hidden = !now.problems.length;
    list.querySelectorAll("li").forEach((each) => each.remove());
    for (const problem of now.problems) {
      const line = list.querySelector("template").content.cloneNode(true);
      line.querySelector("span").textContent = problem.statement
        || form.querySelector(`[name=chip][value="${CSS.escape(problem.chip)}"]`)?.parentElement.textContent.trim();
      line.querySelector("button").onclick = async () => {
        now.problems = now.problems.filter((each) => each !== problem);
        for (const each of await mine()) if (each.problem === problem.problem) await drop("pictures", each.id);
        await keep();
        drawNoted();
      };
      list.append(line);
    }
  };

  // a problem is noted: it leaves the form and waits with the others
  const note = async () => {
    const told = Object.fromEntries(values(inBlock));
    const pictures = await drawShots();
    if (!told.statement.trim() && (!told.chip || told.chip === "other")) {
      return told.chip || pictures.length ? "unclear" : "empty";
    }
    if (told.within === "day" && !told.due_on) return "unclear";
    now.problems.push({ ...told, problem: field("problem").value });
    field("problem").value = newId();
    set("chip", "");
    set("statement", "");
    await keep();
    await drawShots();
    drawNoted();
    return "noted";
  };

  now = (await all("visits")).filter((each) => each.person === person && each.unit === form.dataset.visit)
    .sort((one, other) => other.at - one.at)[0];
  if (now && !form.querySelector(".err-sum")) {
    for (const [name, value] of [...now.fields, ...now.block]) set(name, value);
    field("problem").value = now.problem;
    show("restored", !now.finished);
  } else {
    now = { id: field("visit").value, unit: form.dataset.visit, person, address: form.action, problems: [], finished: false };
  }
  field("visit").value = now.id;

  input.hidden = true;
  shoot.onclick = () => input.click();
  input.onchange = async () => {
    const room = Number(form.dataset.most) - (await drawShots()).length;
    for (const chosen of [...input.files].slice(0, room)) {
      const blob = await smaller(chosen);
      await put("pictures", { id: newId(), visit: now.id, problem: field("problem").value, name: blob.name, blob });
    }
    input.value = "";
    await keep();
    await drawShots();
  };
  form.addEventListener("input", (event) => {
    if (event.target === input) return;
    if (inBlock(event.target)) now.finished = false;
    keep();
  });
  block.addEventListener("input", () => { show("empty", false); show("saved", false); });
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const isDone = event.submitter?.name === "done";
    const outcome = await note();
    show("empty", outcome === "unclear" || (outcome === "empty" && !isDone));
    show("saved", outcome === "noted" && !isDone);
    if (!isDone || outcome === "unclear") return;
    now.finished = true;
    await keep();
    await trySending();
  });
  page.querySelector("[data-offline]").hidden = false;
  page.querySelector("[data-plain]").hidden = true;
  await drawShots();
  drawNoted();
  form.dataset.ready = "1";
};

if (page) {
  addEventListener("online", trySending);
  (form ? start() : Promise.resolve()).then(trySending, () => {
    // no room on this phone: the form is sent as it is, at once
  });
}
