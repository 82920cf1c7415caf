// Loaded before a program that a test starts: on this machine nothing is installed where it looks.
require("node:fs").existsSync = () => false;
require("node:module").syncBuiltinESMExports();
