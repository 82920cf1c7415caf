import { chromiumPath } from "./chromium.ts";

if (chromiumPath() === undefined) {
  console.error(
    "The browser tests need Chromium or Chrome: install one (on Debian: apt-get install chromium), or say where it is in the variable CHROMIUM.",
  );
  process.exit(1);
}
