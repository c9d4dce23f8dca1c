// Sends one file in pieces and goes on where it stopped: after a lost connection, and after the page
// was loaded anew and the same file chosen again. The server's side is app/web/portal/uploads.py.
const WAITS = [1, 2, 4, 8, 15, 15, 30, 30];
const OFFSET = "Upload-Offset";

// The server has an answer for people; trying again would not change it.
export class Refused extends Error {
  name = "Refused";
}

function remembered(file, about) {
  const place = [about.draft, about.item, about.field].join("/");
  return `upload:${place}:${file.name}:${file.size}:${file.lastModified}`;
}

function pause(seconds, signal) {
  return new Promise((resolve, reject) => {
    const done = () => {
      clearTimeout(timer);
      window.removeEventListener("online", done);
      if (signal.aborted) reject(signal.reason);
      else resolve();
    };
    const timer = setTimeout(done, seconds * 1000);
    window.addEventListener("online", done, { once: true });
    signal.addEventListener("abort", done, { once: true });
  });
}

async function ask(method, address, about, body, headers = {}) {
  const answer = await fetch(address, {
    method,
    body,
    headers: { "X-CSRFToken": about.token, ...headers },
    signal: about.signal,
  });
  if (answer.status === 422) throw new Refused((await answer.json()).message);
  if (answer.status === 429) throw new Refused(about.words.tooMany);
  if ([400, 403, 404, 413].includes(answer.status)) throw new Refused(about.words.failed);
  if (!answer.ok && answer.status !== 409) throw new Error(`answered ${answer.status}`);
  return answer;
}

async function patiently(action, about, hooks) {
  for (const seconds of WAITS) {
    try {
      return await action();
    } catch (error) {
      if (error instanceof Refused || about.signal.aborted) throw error;
      hooks.waiting();
      await pause(seconds, about.signal);
    }
  }
  return action();
}

async function begin(file, about) {
  const told = new FormData();
  if (about.draft) told.set("draft", about.draft);
  if (about.item) told.set("item", about.item);
  told.set("field", about.field);
  told.set("name", file.name);
  told.set("size", file.size);
  const { url, piece } = await (await ask("POST", about.address, about, told)).json();
  return { url, piece, offset: 0 };
}

// An upload of an earlier visit to this page, if the server still has it.
async function resume(file, about) {
  const kept = sessionStorage.getItem(remembered(file, about));
  if (!kept) return null;
  const { url, piece } = JSON.parse(kept);
  const answer = await fetch(url, { method: "HEAD", signal: about.signal });
  if (answer.ok) return { url, piece, offset: Number(answer.headers.get(OFFSET)) };
  sessionStorage.removeItem(remembered(file, about));
  return null;
}

async function next(file, upload, about) {
  const piece = file.slice(upload.offset, upload.offset + upload.piece);
  const headers = { "Content-Type": "application/octet-stream", [OFFSET]: upload.offset };
  const answer = await ask("PATCH", upload.url, about, piece, headers);
  return Number(answer.headers.get(OFFSET));
}

// Resolves to what the server says of the stored file; rejects with Refused, or an AbortError.
export async function sendFile(file, about, hooks) {
  const upload = await patiently(
    async () => (await resume(file, about)) ?? (await begin(file, about)),
    about,
    hooks,
  );
  const kept = remembered(file, about);
  sessionStorage.setItem(kept, JSON.stringify({ url: upload.url, piece: upload.piece }));
  about.signal.addEventListener("abort", () => {
    sessionStorage.removeItem(kept);
    fetch(upload.url, { method: "DELETE", headers: { "X-CSRFToken": about.token } });
  });
  hooks.progress(upload.offset / file.size);
  try {
    while (upload.offset < file.size) {
      upload.offset = await patiently(() => next(file, upload, about), about, hooks);
      hooks.progress(upload.offset / file.size);
    }
    hooks.checking();
    const done = await patiently(() => ask("POST", `${upload.url}/xong`, about), about, hooks);
    sessionStorage.removeItem(kept);
    return await done.json();
  } catch (error) {
    if (error instanceof Refused) sessionStorage.removeItem(kept);
    throw error;
  }
}
