/**
 * How long a test waits for what takes seconds: only something that hangs takes longer, also on a machine with much other work. How fast
 * something has to be is held by `assertFigure`.
 */
export const hangMs = 120_000;
