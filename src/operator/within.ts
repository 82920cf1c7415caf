import { DatabaseError } from "../store/sql.ts";

/**
 * Waits for the database no longer than `limit` milliseconds.
 * @throws DatabaseError when it takes longer.
 */
export async function within<T>(limit: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, fail) => {
    const words = `there is no answer within ${limit / 1000} seconds`;
    timer = setTimeout(() => fail(new DatabaseError(words)), limit);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
