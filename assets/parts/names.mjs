import { createHash } from "node:crypto";
import path from "node:path";

/** `fonts/x.woff2` → `fonts/x.0123456789.woff2`, the digits being a hash of the content. */
export function hashedName(name, content) {
  const { dir, name: stem, ext } = path.posix.parse(name);
  const digest = createHash("sha256").update(content).digest("hex").slice(0, 10);
  return path.posix.join(dir, `${stem}.${digest}${ext}`);
}
