// A photo of a card: made small on the phone, which also removes place and time of taking it.

const LONGEST = 1600;
const QUALITY = 0.85;

// Draws the picture and returns it as a JPEG of at most 1600 px.
export async function shrink(file, canvas) {
  const picture = await createImageBitmap(file, { imageOrientation: "from-image" });
  const scale = Math.min(1, LONGEST / Math.max(picture.width, picture.height));
  canvas.width = Math.max(1, Math.round(picture.width * scale));
  canvas.height = Math.max(1, Math.round(picture.height * scale));
  const brush = canvas.getContext("2d");
  brush.fillStyle = "white";
  brush.fillRect(0, 0, canvas.width, canvas.height);
  brush.drawImage(picture, 0, 0, canvas.width, canvas.height);
  picture.close();
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error("no picture"))), "image/jpeg", QUALITY);
  });
}

// {name} when it is stored, {text} when it is refused for good, null when it can be tried again.
export async function upload(blob, address) {
  const form = new FormData();
  form.append("photo", blob, "card.jpg");
  const response = await fetch(address, { method: "POST", credentials: "same-origin", body: form });
  const found = await response.json().catch(() => null);
  if (!found) return null;
  if (response.ok && found.name) return { name: found.name };
  if (response.status >= 500 || response.status === 429) return null;
  return { text: found.text || "?" };
}
