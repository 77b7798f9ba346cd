// Photos are made smaller before they are kept. Drawing them anew also leaves behind what the camera wrote into the file
// (place, time, device).
const MOST = 1600; // pixels of the longer side, where the form says nothing else
const QUALITY = 0.82;

/** A JPEG of a photo with its longer side at most `most` pixels. Raises where the browser cannot read the picture. */
export async function smaller(file, most) {
  const picture = await createImageBitmap(file, { imageOrientation: "from-image" });
  const scale = Math.min(1, (most || MOST) / Math.max(picture.width, picture.height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(1, Math.round(picture.width * scale));
  canvas.height = Math.max(1, Math.round(picture.height * scale));
  const paper = canvas.getContext("2d");
  paper.fillStyle = "#fff"; // see-through pictures get a white ground
  paper.fillRect(0, 0, canvas.width, canvas.height);
  paper.drawImage(picture, 0, 0, canvas.width, canvas.height);
  picture.close();
  const blob = await new Promise((done) => canvas.toBlob(done, "image/jpeg", QUALITY));
  return new File([blob], "photo.jpg", { type: "image/jpeg" });
}
