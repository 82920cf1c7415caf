#!/usr/bin/env node
import "./old-node.js";
import "./compile-cache.js";

await import("./main.ts");
