// Reads entry codes from the camera's picture: by the browser's own reader where there is one.
import { decodeQR } from "qr/decode.js";

const WIDTH = 640; // px: enough for a code that fills a third of the picture
const PAUSE = 150; // ms between two looks
const FORGET = 4000; // ms until the same code is read again
const CODE = /\/pass\/([a-z2-7]{32})(?:$|[/?#])/;

/** The token of an entry code; nothing for any other text. */
export const tokenIn = (text) => CODE.exec(text)?.[1];

/** What the list knows a token by, without knowing the token. */
export async function fingerprint(token) {
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(token));
  return [...new Uint8Array(digest)].map((each) => each.toString(16).padStart(2, "0")).join("").slice(0, 32);
}

export class Reader {
  /** `found(text)` is called for each code that comes into the picture. */
  constructor(video, found) {
    Object.assign(this, { video, found });
    this.seen = new Map();
  }

  /** Cameras are there on secure pages only. */
  static get possible() {
    return Boolean(navigator.mediaDevices?.getUserMedia && globalThis.crypto?.subtle);
  }

  async start() {
    this.stream = await navigator.mediaDevices.getUserMedia({
      video: { facingMode: "environment", width: { ideal: 1280 } },
    });
    this.video.srcObject = this.stream;
    await this.video.play();
    this.look ??= await ownReader() ?? bundledReader();
    this.running = true;
    this.#again();
  }

  stop() {
    this.running = false;
    for (const track of this.stream?.getTracks() ?? []) track.stop();
    this.video.srcObject = null;
  }

  async #again() {
    if (!this.running) return;
    const text = await this.look(this.video).catch(() => undefined);
    if (text && this.running && Date.now() - (this.seen.get(text) ?? 0) > FORGET) await this.found(text);
    if (text) this.seen.set(text, Date.now());
    setTimeout(() => this.#again(), PAUSE);
  }
}

async function ownReader() {
  const formats = await globalThis.BarcodeDetector?.getSupportedFormats();
  if (!formats?.includes("qr_code")) return undefined;
  const detector = new BarcodeDetector({ formats: ["qr_code"] });
  return async (video) => (await detector.detect(video))[0]?.rawValue;
}

function bundledReader() {
  const canvas = document.createElement("canvas");
  const context = canvas.getContext("2d", { willReadFrequently: true });
  return async (video) => {
    const { videoWidth, videoHeight } = video;
    if (!videoWidth) return undefined;
    const scale = Math.min(1, WIDTH / videoWidth);
    canvas.width = Math.round(videoWidth * scale);
    canvas.height = Math.round(videoHeight * scale);
    context.drawImage(video, 0, 0, canvas.width, canvas.height);
    return decodeQR(context.getImageData(0, 0, canvas.width, canvas.height));
  };
}
