import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { buffer } from "node:stream/consumers";

/** An object store in this process, at an address that pods of the lab reach; it knows no keys and lets everybody in. */
export type ObjectStore = {
  readonly endpoint: string;
  /** The ids of the access keys with which a bucket was asked, in the order in which they were first seen. */
  readonly keysSeen: (bucket: string) => readonly string[];
  readonly stop: () => void;
};

/** Where the lab's control plane is, and so this process. */
const host = "10.251.0.1";
const xml = (content: string): string => `<?xml version="1.0" encoding="UTF-8"?>${content}`;

/** What S3 answers about objects, as far as a file server asks for it. */
export async function startObjectStore(): Promise<ObjectStore> {
  const objects = new Map<string, Buffer>();
  const keys = new Map<string, Set<string>>();
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? "/", "http://store");
    const [, bucket = ""] = pathname.split("/");
    const key = /Credential=([^/]+)\//.exec(request.headers.authorization ?? "")?.[1];
    if (key !== undefined) keys.set(bucket, (keys.get(bucket) ?? new Set()).add(key));
    answer(request, response, { objects, pathname }).catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, host, resolve));
  const { port } = server.address() as { readonly port: number }; // it listens on TCP
  return {
    endpoint: `http://${host}:${port}`,
    keysSeen: (bucket) => [...(keys.get(bucket) ?? [])],
    stop: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}

/** An endpoint at which nothing listens. */
export const deadEndpoint = `http://${host}:9`;

type Asked = { readonly objects: Map<string, Buffer>; readonly pathname: string };

async function answer(request: IncomingMessage, response: ServerResponse, { objects, pathname }: Asked): Promise<void> {
  const body = await buffer(request);
  const isBucket = pathname.split("/").filter((part) => part !== "").length < 2;
  if (isBucket) {
    const keys = [...objects.keys()].filter((each) => each.startsWith(`${pathname.replace(/\/$/, "")}/`));
    const contents = keys.map((each) => `<Contents><Key>${each.split("/").slice(2).join("/")}</Key></Contents>`);
    response.end(xml(`<ListBucketResult><IsTruncated>false</IsTruncated>${contents.join("")}</ListBucketResult>`));
  } else if (request.method === "PUT") {
    objects.set(pathname, body);
    response.setHeader("etag", '"0"').end();
  } else if (request.method === "DELETE") {
    objects.delete(pathname);
    response.writeHead(204).end();
  } else {
    const object = objects.get(pathname);
    if (object === undefined) response.writeHead(404).end(xml("<Error><Code>NoSuchKey</Code></Error>"));
    else response.end(object);
  }
}
