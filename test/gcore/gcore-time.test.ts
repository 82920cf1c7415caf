import { spawnSync } from "node:child_process";
import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { readGcoreTime } from "../../src/gcore/gcore-time.ts";

const TIME = Date.UTC(2026, 4, 30, 5, 34, 14);

/** What Gcore's services write for the same moment. */
const spellings = (time: number): readonly string[] => {
  const iso = new Date(time).toISOString();
  const seconds = iso.slice(0, 19);
  const fraction = `${iso.slice(19, 23)}473`;
  return [
    ...["+0000", "Z", "+00:00", "", "-0000", "z"].map((zone) => seconds + fraction + zone),
    ...(time % 1000 === 0 ? ["+0000", "Z", "+00:00", ""].map((zone) => seconds + zone) : []),
  ];
};

describe("A time of Gcore's", () => {
  test.each([
    "2026-05-30T05:34:14+0000",
    "2026-05-30T05:34:14Z",
    "2026-05-30T05:34:14+00:00",
    "2026-05-30T05:34:14",
    "2026-05-30T05:34:14.000000Z",
    "2026-05-30T05:34:14.000473",
    "2026-05-30T07:34:14+0200",
    "2026-05-30T01:04:14-04:30",
    "2026-05-30T01:04:14.000-0430",
  ])("%s is read", (text) => {
    expect(readGcoreTime(text)).toBe(TIME);
  });

  test.each([null, undefined, "", "soon", "2026-13-45T05:34:14Z", "T", "+0000"])(
    "%j is none",
    (text) => {
      expect(readGcoreTime(text)).toBeNull();
    },
  );

  test("is the same in each spelling", () => {
    const dates = fc.date({
      min: new Date(Date.UTC(2015, 0)),
      max: new Date(Date.UTC(2100, 0)),
      noInvalidDate: true,
    });
    fc.assert(
      fc.property(dates, (date) => {
        for (const text of spellings(date.getTime())) {
          expect([text, readGcoreTime(text)]).toEqual([text, date.getTime()]);
        }
      }),
    );
  });

  test.each(["America/New_York", "Asia/Kolkata", "Pacific/Kiritimati"])(
    "and the wait of an HTTP date do not depend on the machine's zone, such as %s",
    (zone) => {
      const url = (name: string): string =>
        JSON.stringify(new URL(`../../src/gcore/${name}`, import.meta.url).href);
      const script = `
        import { readGcoreTime } from ${url("gcore-time.ts")};
        import { readRetryAfter } from ${url("http.ts")};
        const [, texts, dates] = process.argv;
        console.log(JSON.stringify({
          offset: new Date(${TIME}).getTimezoneOffset(),
          times: JSON.parse(texts).map((text) => readGcoreTime(text)),
          waits: JSON.parse(dates).map((text) => readRetryAfter(text, ${TIME} - 20000)),
        }));`;
      const http = ["Sat, 30 May 2026 05:34:14 GMT", "Saturday, 30-May-26 05:34:14 GMT"];
      const ran = spawnSync(
        process.execPath,
        [
          ...["--disable-warning=ExperimentalWarning", "--input-type=module", "-e", script],
          ...[JSON.stringify(spellings(TIME)), JSON.stringify(http)],
        ],
        { encoding: "utf8", env: { ...process.env, TZ: zone } },
      );
      expect(ran.stderr).toBe("");
      const { offset, times, waits } = JSON.parse(ran.stdout) as {
        offset: number;
        times: number[];
        waits: number[];
      };
      expect(offset).not.toBe(0);
      expect(times).toEqual(spellings(TIME).map(() => TIME));
      expect(waits).toEqual([20_000, 20_000]);
    },
  );
});
