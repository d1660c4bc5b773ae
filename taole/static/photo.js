// Makes photographs small on the phone before they are sent: <input type="file" data-shrink>.
// What the browser cannot draw (HEIC on some phones, documents) is sent as it is. A form that is
// sent meanwhile waits until they are small.
const LONGEST = 1600, QUALITY = 0.8, SMALL = 200 * 1024;
const shrinking = new Map();

export const smaller = async (file) => {
  if (!file.type.startsWith("image/") || file.size <= SMALL) return file;
  let picture;
  try { picture = await createImageBitmap(file, { imageOrientation: "from-image" }); } catch { return file; }
  const scale = Math.min(1, LONGEST / Math.max(picture.width, picture.height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.round(picture.width * scale);
  canvas.height = Math.round(picture.height * scale);
  canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
  picture.close();
  const blob = await new Promise((done) => canvas.toBlob(done, "image/jpeg", QUALITY));
  if (!blob || blob.size >= file.size) return file;
  return new File([blob], file.name.replace(/\.\w+$/, "") + ".jpg", {
    type: "image/jpeg", lastModified: file.lastModified,
  });
};

const shrink = async (input) => {
  const chosen = [...input.files];
  const files = await Promise.all(chosen.map(smaller));
  const isSame = chosen.length === input.files.length && chosen.every((f, n) => f === input.files[n]);
  if (!isSame) return;
  const sent = new DataTransfer();
  files.forEach((file) => sent.items.add(file));
  input.files = sent.files;
};

document.addEventListener("change", ({ target }) => {
  if (!target.matches?.("input[type=file][data-shrink]") || !target.form) return;
  const work = shrink(target).catch(() => { /* sent as it is */ });
  const all = Promise.all([shrinking.get(target.form), work]);
  shrinking.set(target.form, all);
  all.then(() => { if (shrinking.get(target.form) === all) shrinking.delete(target.form); });
});

document.addEventListener("submit", (event) => {
  const form = event.target, work = shrinking.get(form);
  if (!work) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  work.then(() => setTimeout(() => form.requestSubmit(event.submitter)));
}, true);
