// Loaded before a program that a test starts: whatever is typed into it comes from a terminal.
require("node:tty").isatty = () => true;
require("node:module").syncBuiltinESMExports();
