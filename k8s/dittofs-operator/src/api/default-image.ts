/** The server version that this operator was proved with; never a moving tag. */
export const DEFAULT_IMAGE = "marmos91c/dittofs:v0.29.0";
