// Plain JavaScript that every Node can read: an old one is told so in one line, not in a stack.
const [major] = process.versions.node.split(".");
if (Number(major) < 24) {
  console.error(`snapshot-bot needs Node 24 or newer; this is Node ${process.versions.node}.`);
  process.exit(1);
}
