import fc from "fast-check";

/*
 * One seed, so that a second run says the same. A property that fails has told all that is asked here;
 * its smallest example would take a hundred runs more. Nor does one go on for longer than this: what
 * it would find afterwards counts as not noticed.
 */
fc.configureGlobal({ seed: 20261122, endOnFailure: true, interruptAfterTimeLimit: 200 });
