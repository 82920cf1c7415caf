import { needChromium } from "../../playground/chromium.ts";

needChromium("The browser tests");
