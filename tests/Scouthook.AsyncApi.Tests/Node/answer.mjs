// Answers a list of questions, given as JSON on standard input, with a list of answers on standard output: one process
// for all the questions of a test.
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Ajv } from 'ajv';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { load } from 'js-yaml';

const input = [];
for await (const chunk of process.stdin) {
  input.push(chunk);
}

const answers = [];
for (const question of JSON.parse(Buffer.concat(input).toString())) {
  answers.push(await { yaml, parse, lint, openapi, schemas, validate, bundle }[question.ask](question));
}
process.stdout.write(JSON.stringify(answers));

function yaml({ text }) {
  return load(text);
}

/** What AsyncAPI's own parser makes of a document. */
async function parse({ text }) {
  // Loading it takes longer than most questions.
  const { Parser } = await import('@asyncapi/parser');
  const { document, diagnostics } = await new Parser().parse(text);
  const describe = (message) => ({
    name: message.name(), title: message.title(), contentType: message.contentType(),
    examples: message.examples().all().length, tags: message.tags().all().map((tag) => tag.name()),
    event: message.headers()?.property('X-HelpScout-Event')?.const(),
    payload: message.payload()?.type(),
  });
  return {
    diagnostics: diagnostics.map(({ severity, code, message, path }) => ({ severity, code, message, path: path.join('/') })),
    version: document?.version(),
    channels: document?.channels().all().map((channel) => channel.address()),
    operations: document?.operations().all().map((operation) => ({
      id: operation.id(), action: operation.action(), messages: operation.messages().all().map((message) => message.name()),
    })),
    messages: document?.messages().all().map(describe),
    servers: document?.servers().all().map((server) => ({
      id: server.id(), protocol: server.protocol(), variables: server.variables().all().map((variable) => variable.id()),
    })),
    security: document?.securitySchemes().all().map((scheme) => scheme.type()),
  };
}

/** What Spectral's rules for AsyncAPI find in files. */
function lint({ files }) {
  const path = (relative) => fileURLToPath(new URL(relative, import.meta.url));
  const { stdout, stderr } = spawnSync(process.execPath, [
    path('node_modules/@stoplight/spectral-cli/dist/index.js'), 'lint', '--format', 'json', '--fail-severity', 'error',
    '--ruleset', path('spectral.json'), ...files,
  ], { encoding: 'utf8' });
  if (!stdout.trim()) {
    throw new Error(stderr);
  }
  // Where nothing was found, a sentence follows the JSON.
  return JSON.parse(stdout.slice(0, stdout.lastIndexOf(']') + 1)).map(({ code, message, severity, source, path: place }) =>
    ({ code, message, severity, source, path: place.join('/') }));
}

/** What the rules of Redocly and Spectral find in an OpenAPI document, and how many lines of types come of it that compile. */
async function openapi({ file, types }) {
  const text = readFileSync(file, 'utf8');
  const { createConfig, lintFromString } = await import('@redocly/openapi-core');
  const config = await createConfig({ extends: ['recommended-strict'] });
  const problems = (await lintFromString({ source: text, absoluteRef: file, config })).map(({ ruleId, message, location }) =>
    `redocly ${ruleId} ${location[0]?.pointer}: ${message}`);
  problems.push(...lint({ files: [file] }).map(({ code, message, path }) => `spectral ${code} ${path}: ${message}`));

  const { default: generate, astToString } = await import('openapi-typescript');
  const { default: ts } = await import('typescript');
  const generated = astToString(await generate(text));
  writeFileSync(types, generated);
  const program = ts.createProgram([types], {
    strict: true, noEmit: true, target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.Preserve, types: [],
  });
  problems.push(...ts.getPreEmitDiagnostics(program).map(({ messageText }) =>
    `typescript: ${ts.flattenDiagnosticMessageText(messageText, ' ')}`));
  return { problems, types: generated };
}

/** Whether each named schema is a legal one of draft 7; unknown keywords are not. */
function schemas({ document }) {
  const ajv = validator(document);
  return Object.fromEntries(Object.keys(document.components.schemas).map((name) => {
    const legal = ajv.validateSchema(document.components.schemas[name]);
    ajv.compile({ $ref: `contract#/components/schemas/${name}` });
    return [name, legal ? '' : ajv.errorsText(ajv.errors)];
  }));
}

/** For each case the mistakes that a message's schema finds in a body, and in each edited copy of that body. */
function validate({ document, cases }) {
  const ajv = validator(document);
  const part = (message, name) => {
    const $ref = `contract#/components/messages/${message}/${name}`;
    return ajv.getSchema($ref) ?? ajv.compile({ $ref });
  };
  return cases.map(({ message, part: name = 'payload', body, edits = [] }) => {
    const check = part(message, name);
    const mistakes = (value) => check(value) ? '' : ajv.errorsText(check.errors);
    return { body: mistakes(body), edits: edits.map((edit) => mistakes(edited(body, edit))) };
  });
}

function validator({ components }) {
  const ajv = prepared(Ajv);
  ajv.addKeyword('components');
  return ajv.addSchema({ $id: 'contract', components }, 'contract', false, false);
}

/** The same for the bundled schema, where a body is checked by the definition that its event refers to. */
function bundle({ schema, cases }) {
  const ajv = prepared(Ajv2020).addSchema(schema, 'bundle');
  return cases.map(({ event, body, edits = [] }) => {
    const check = ajv.getSchema(`bundle#/properties/${event}`);
    return { body: check(body), edits: edits.map((edit) => check(edited(body, edit))) };
  });
}

/** Formats are checked; those of numbers only say which type a program should choose. */
function prepared(Validator) {
  const ajv = new Validator({ strictSchema: true, strictTypes: false });
  addFormats(ajv);
  ajv.addFormat('int32', true);
  return ajv.addFormat('int64', true);
}

function edited(body, { path, value, remove }) {
  const root = { body: structuredClone(body) };
  let holder = root;
  let key = 'body';
  for (const step of path) {
    holder = holder[key];
    key = step;
  }
  if (remove) {
    delete holder[key];
  } else {
    holder[key] = value;
  }
  return root.body;
}
