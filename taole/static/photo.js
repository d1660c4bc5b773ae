// Makes photographs small on the phone before they are sent: <input type="file" data-shrink>.
// What the browser cannot draw (HEIC on some phones, documents) is sent as it is.
const LONGEST = 1600, QUALITY = 0.8, SMALL = 200 * 1024;

const smaller = async (file) => {
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
  return new File([blob], file.name.replace(/\.\w+$/, "") + ".jpg", { type: "image/jpeg" });
};

document.addEventListener("change", async (event) => {
  const input = event.target;
  if (!input.matches?.("input[type=file][data-shrink]") || input.dataset.done === "1") return;
  const form = input.form;
  form?.setAttribute("aria-busy", "true");
  try {
    const files = await Promise.all([...input.files].map(smaller));
    const sent = new DataTransfer();
    files.forEach((file) => sent.items.add(file));
    input.files = sent.files;
  } finally { form?.removeAttribute("aria-busy"); }
});
