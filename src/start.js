#!/usr/bin/env node
import "./old-node.js";

await import("./main.ts");
