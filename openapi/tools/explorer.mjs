// What people do with /docs, done by a browser: node explorer.mjs <server> <empty folder> [<screenshot>].
import assert from "node:assert/strict";
import http from "node:http";
import { setTimeout as pause } from "node:timers/promises";
import { CORE_SCHEMA, load } from "js-yaml";
import { chromium } from "playwright-core";

const [server, profile, screenshot] = process.argv.slice(2);
const patience = 30_000;

// Until it answers; a server that ends before that is noticed by the deadline.
const deadline = Date.now() + patience;
const ready = () => fetch(`${server}/health/ready`).then((answer) => answer.ok, () => false);
while (!(await ready())) {
  assert(Date.now() < deadline, "the server does not answer");
  await pause(100);
}

// Both spellings of the document say the same; this one is read by somebody else's parser.
const [json, yaml] = await Promise.all(["json", "yaml"].map((kind) => fetch(`${server}/openapi.${kind}`)));
assert.deepEqual(load(await yaml.text(), { schema: CORE_SCHEMA }), await json.json());

// A proxy that serves it all below a prefix.
const prefix = "/samspill";
const proxy = http.createServer((request, response) => {
  if (!request.url.startsWith(`${prefix}/`)) return response.writeHead(404).end();
  const { method, headers } = request;
  const passed = http.request(server + request.url.slice(prefix.length), { method, headers }, (answer) => {
    response.writeHead(answer.statusCode, answer.headers);
    answer.pipe(response);
  });
  request.pipe(passed);
});
await new Promise((listening) => proxy.listen(0, "127.0.0.1", listening));
// Not this machine's name: what a page leaves out where it is developed, it does here.
const origin = `http://samspill.example:${proxy.address().port}`;

const browser = await chromium.launchPersistentContext(profile, {
  executablePath: process.env.CHROMIUM,
  headless: true,
  args: [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--host-resolver-rules=MAP samspill.example 127.0.0.1",
  ],
});
const faults = [];
try {
  browser.setDefaultTimeout(patience);
  const page = await browser.newPage();
  const asked = [];
  browser.on("request", (request) => {
    const url = new URL(request.url());
    if (url.protocol === "data:") return;
    asked.push(url.pathname);
    if (url.origin !== origin || !url.pathname.startsWith(`${prefix}/`)) faults.push(`asks ${url}`);
  });
  // Refusals by the page's policy are errors on its console.
  page.on("console", (said) => said.type() === "error" && faults.push(`says ${said.text()}`));
  page.on("pageerror", (error) => faults.push(`fails: ${error.stack}`));
  const blameless = () => assert.deepEqual(faults, []);

  const answer = await page.goto(`${origin}${prefix}/docs`);
  assert.equal(answer.status(), 200);
  const operation = (id) => page.locator(`.opblock[id$="-${id}"]`);
  const open = async (tag, id) => {
    if (!(await operation(id).isVisible())) await page.locator(`h3[data-tag="${tag}"]`).click();
    await operation(id).locator(".opblock-summary-control").click();
    return operation(id);
  };
  const execute = async (block, status) => {
    const live = block.locator(".live-responses-table tbody tr.response");
    if (await live.isVisible()) {
      // What was answered before would stand there until the next answer comes.
      await block.getByRole("button", { name: "Clear" }).click();
      await live.waitFor({ state: "detached" });
    }
    await block.getByRole("button", { name: "Execute" }).click();
    assert.equal((await live.locator(".response-col_status").innerText()).split(/\s/)[0], String(status));
    return block.locator(".live-responses-table .highlight-code code").first().innerText();
  };
  const authorization = page.locator(".auth-wrapper > .authorize");

  // Nobody is known yet.
  let referrals = await open("referrals", "list_referrals");
  await execute(referrals, 401);
  // The browser says so too.
  const refusal = faults.splice(0);
  assert(refusal.every((fault) => /401/.test(fault)), refusal.join("\n"));

  // Logging in authorises at once.
  const sessions = await open("sessions", "create_session");
  const body = { email: "coordinator@vennesla-sentral.example", password: "samspill-demo" };
  await sessions.locator("textarea.body-param__text").fill(JSON.stringify(body));
  const token = JSON.parse(await execute(sessions, 200)).access_token;
  assert(token);
  await execute(referrals, 200);

  // So does a token in the dialog.
  await authorization.click();
  const dialog = page.locator(".dialog-ux .modal-ux");
  await dialog.locator("button", { hasText: "Logout" }).click();
  await dialog.locator("input").fill(token);
  await dialog.locator(".auth-btn-wrapper button.authorize").click();
  await dialog.locator(".auth-btn-wrapper button.btn-done").click();
  const page_of = JSON.parse(await execute(referrals, 200));
  assert(page_of.items.length > 0);

  // What is made twice is two: each call has a key of its own.
  const volunteers = await open("volunteers", "create_volunteer");
  for (const name of ["Frida Forsøk", "Frode Forsøk"]) {
    await volunteers.locator("textarea.body-param__text").fill(JSON.stringify({ name }));
    assert.equal(JSON.parse(await execute(volunteers, 201)).name, name);
  }
  // And what is read is not taken for known.
  const reading = await open("volunteers", "read_volunteer");
  const made = JSON.parse(await execute(volunteers, 201));
  await reading.locator('tr[data-param-name="id"] input').fill(made.id);
  assert.equal(JSON.parse(await execute(reading, 200)).id, made.id);

  // It outlives a reload.
  await page.reload();
  referrals = await open("referrals", "list_referrals");
  await execute(referrals, 200);

  for (const path of ["/docs", "/openapi.json", "/v1/sessions", "/v1/referrals"]) {
    assert(asked.includes(prefix + path), `${path} was not asked for`);
  }
  if (screenshot) await page.screenshot({ path: screenshot });
  blameless();
  console.log(`${asked.length} requests, none to anybody else; logged in and called`);
} catch (error) {
  console.error(faults.join("\n"));
  throw error;
} finally {
  await browser.close();
  proxy.close();
}
