// Uploads one file with the tus project's own client and says on standard output, as JSON lines, what happened.
//   node upload.mjs SERVER CHECKPOINT PATH FILE            begins, retries when the line breaks, sends it all
//   node upload.mjs SERVER CHECKPOINT PATH FILE --stop N   stops after N bytes as a closed laptop would
//   node upload.mjs SERVER CHECKPOINT PATH FILE --url URL  goes on with an upload that was begun
import fs from "node:fs";
import { Upload } from "tus-js-client";

const [server, checkpoint, path, file, option, value] = process.argv.slice(2);
const say = (what) => fs.writeSync(1, `${JSON.stringify(what)}\n`);

const upload = new Upload(fs.createReadStream(file), {
  endpoint: `${server}/files`,
  uploadUrl: option === "--url" ? new URL(value, server).href : undefined,
  uploadSize: fs.statSync(file).size,
  chunkSize: Infinity,
  retryDelays: [200, 400, 800, 1600, 3200],
  metadata: { checkpoint, path },
  onAfterResponse: (request, response) => {
    say({ method: request.getMethod(), status: response.getStatus(), offset: response.getHeader("Upload-Offset") });
  },
  onProgress: (sent) => {
    if (option === "--stop" && sent >= Number(value)) {
      say({ stopped: sent, url: upload.url });
      process.exit(0);
    }
  },
  onError: (failure) => {
    say({ error: failure.message });
    process.exit(1);
  },
  onSuccess: () => {
    say({ done: true, url: upload.url });
    process.exit(0);
  },
});
upload.start();
