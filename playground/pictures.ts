import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { needChromium } from "./chromium.ts";
import { takePictures } from "./take-pictures.ts";

needChromium("The pictures");
// Where fc-list itself is missing, nothing is known about fonts.
if (spawnSync("fc-list", [":charset=1f512", "family"]).stdout?.length === 0) {
  console.error(
    "No font here has 🔒, so it will be an empty box (on Debian: apt-get install fonts-noto-color-emoji).",
  );
}
const folder = fileURLToPath(new URL("../docs/pictures/", import.meta.url));
for (const { name, bytes } of await takePictures(folder)) {
  console.log(`docs/pictures/${name}  ${Math.ceil(bytes / 1000)} kB`);
}
