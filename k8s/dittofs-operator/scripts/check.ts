import { spawn } from "node:child_process";
import { styleText } from "node:util";

/** One part of `make check`: a command that prints what is wrong and fails, or prints nothing that matters. */
type Part = { readonly name: string; readonly command: readonly string[]; readonly remedy?: string };
type Result = { readonly part: Part; readonly isGood: boolean; readonly output: string };

const parts: readonly Part[] = [
  { name: "types", command: ["tsc", "-p", ".", "--pretty", "false"] },
  { name: "lint", command: ["oxlint", "--format=unix", "--report-unused-disable-directives"] },
  { name: "format", command: ["biome", "check", "--reporter=summary", "."], remedy: "make format" },
  {
    name: "rules",
    command: [
      "node",
      "--test",
      "--test-reporter=dot",
      "test/boundaries.test.ts",
      "test/repository.test.ts",
      "test/source-rules.test.ts",
    ],
  },
  { name: "generated files", command: ["node", "scripts/generate.ts", "--check"], remedy: "make generate" },
];

const shownLines = 60;

function run(part: Part): Promise<Result> {
  return new Promise((resolve) => {
    const [program = "", ...args] = part.command;
    const child = spawn(program, args, { stdio: ["ignore", "pipe", "pipe"] });
    const chunks: Buffer[] = [];
    child.stdout.on("data", (chunk: Buffer) => chunks.push(chunk));
    child.stderr.on("data", (chunk: Buffer) => chunks.push(chunk));
    child.on("error", (error) => resolve({ part, isGood: false, output: error.message }));
    child.on("close", (code) => resolve({ part, isGood: code === 0, output: Buffer.concat(chunks).toString().trim() }));
  });
}

function problemText({ part, output }: Result): string {
  const lines = output.split("\n");
  const cut =
    lines.length > shownLines ? [`... and ${lines.length - shownLines} more lines: ${part.command.join(" ")}`] : [];
  const remedy = part.remedy === undefined ? [] : [`To mend it: ${part.remedy}`];
  const title = styleText(["bold", "red"], `${part.name}: not as it should be`);
  return [title, ...lines.slice(0, shownLines), ...cut, ...remedy, ""].join("\n");
}

const startMs = performance.now();
const results = await Promise.all(parts.map(run));
const problems = results.filter((result) => !result.isGood);
for (const problem of problems) console.log(problemText(problem));

const seconds = ((performance.now() - startMs) / 1000).toFixed(1);
const names = parts.map((part) => part.name).join(", ");
console.log(
  problems.length === 0
    ? styleText("green", `All good in ${seconds} s: ${names}.`)
    : styleText("red", `${problems.length} of ${parts.length} parts are not good (${seconds} s).`),
);
process.exitCode = problems.length === 0 ? 0 : 1;
