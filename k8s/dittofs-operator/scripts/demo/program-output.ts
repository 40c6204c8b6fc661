import { execFile } from "node:child_process";

const timeoutMs = 30_000;

/** Standard output of a program; rejects with what it said about its failure. */
export function programOutput(program: string, args: readonly string[]): Promise<string> {
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  execFile(program, args, { encoding: "utf8", timeout: timeoutMs }, (error, stdout, stderr) => {
    if (error === null) resolve(stdout);
    else reject(new Error(stderr.trim() || error.message, { cause: error }));
  });
  return promise;
}
