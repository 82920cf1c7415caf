/*
 * Loaded into a process before its own program (`node --import`): the time that it is told is as far
 * ahead of the real one as its parent says, at the start and whenever the parent sends another
 * number. Timers are left alone. The program itself stays as it is and knows nothing of it.
 */
let ahead = Number(process.env.CLOCK_AHEAD ?? 0);

const realNow = Date.now;
Date.now = () => realNow() + ahead;

const MovedDate = new Proxy(Date, {
  construct: (target, given, made) =>
    Reflect.construct(target, given.length === 0 ? [Date.now()] : given, made),
  apply: () => new MovedDate().toString(),
});
Date.prototype.constructor = MovedDate;
globalThis.Date = MovedDate;

process.on("message", (told) => {
  ahead = Number(told);
  process.send?.(ahead);
});
// Waiting for such messages keeps no process alive.
process.channel?.unref();

export {};
