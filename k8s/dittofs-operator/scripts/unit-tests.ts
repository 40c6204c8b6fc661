import { globSync } from "node:fs";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";

/**
 * The unit tests as one program: each as a program of its own loads nearly the same hundred modules again, which takes longer than the tests.
 * Those that ask for much time by themselves (`test/*-faults`) and those of a cluster are programs of their own, see `test.ts`.
 */
const ofTheirOwn = /\.cluster\.test\.ts$|^test\/.*-faults\.test\.ts$/;

for (const file of globSync("{src,double,lab,test,scripts}/**/*.test.ts").toSorted())
  if (!ofTheirOwn.test(file)) await import(pathToFileURL(resolve(file)).href);
