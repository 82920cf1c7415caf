export default async function stopForAll(): Promise<void> {
  await globalThis.localPostgres?.remove();
}
