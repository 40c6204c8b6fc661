/** The sample as the demo applies it: with that image, where it is not the operator's default. */
export function sampleManifest(sample: string, image: string | undefined): string {
  const manifest = sample.trimEnd();
  if (image === undefined) return manifest;
  const withImage = manifest.replace(/^spec:\n/m, `spec:\n  image: ${image}\n`);
  if (withImage === manifest) throw new Error("the sample has no line `spec:` after which an image could stand");
  return withImage;
}
