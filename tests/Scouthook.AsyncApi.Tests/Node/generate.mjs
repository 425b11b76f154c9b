// Generates types from the contract with the generators that people use, into the folder given as first argument, where
// 2.6.0.json, 3.0.0.json, schema.json and bodies.json are. Prints, per tool and language, the names of the types and every
// line that gives up on a type, and what the TypeScript compiler says about reading the bodies.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import {
  ConstrainedReferenceModel, ConstrainedStringModel, ConstrainedUnionModel, CSharpGenerator, PythonDefaultPropertyKeyConstraints,
  PythonGenerator, TypeScriptGenerator, pythonDefaultPropertyKeyConstraints,
} from '@asyncapi/modelina';
import { compile } from 'json-schema-to-typescript';
import { FetchingJSONSchemaStore, InputData, JSONSchemaInput, quicktype } from 'quicktype-core';
import ts from 'typescript';

const folder = process.argv[2];
const bundle = readFileSync(join(folder, 'schema.json'), 'utf8');
const bodies = JSON.parse(readFileSync(join(folder, 'bodies.json'), 'utf8'));
const outputs = [];

await modelina();
await jsonSchemaToTypeScript();
await quickType();
const mistakes = await readBodies();
process.stdout.write(JSON.stringify({ outputs, mistakes }));

async function modelina() {
  const languages = {
    typescript: {
      extension: 'ts', loose: /\bany\b/,
      make: () => new TypeScriptGenerator({ modelType: 'interface', mapType: 'record', rawPropertyNames: true }),
      options: () => ({ exportType: 'named' }),
    },
    csharp: {
      extension: 'cs', loose: /^ +private .*\b(dynamic|object)\b/,
      make: () => new CSharpGenerator({ typeMapping: { Union: unionInCSharp } }),
      options: (version) => ({ namespace: `Modelina_${version.replaceAll('.', '_')}` }),
    },
    python: {
      extension: 'py', loose: /self\._.*\bAny\b/,
      make: () => new PythonGenerator({ constraints: { propertyKey: propertyInPython() } }),
      options: () => ({ packageName: 'helpscout' }),
    },
  };
  for (const version of ['2.6.0', '3.0.0']) {
    const document = JSON.parse(readFileSync(join(folder, `${version}.json`), 'utf8'));
    for (const [language, { extension, loose, make, options }] of Object.entries(languages)) {
      const models = await make().generateCompleteModels(document, options(version));
      save('modelina', language, version, models.map(({ modelName, result }) => [`${modelName}.${extension}`, result]),
        models.map(({ modelName }) => modelName),
        models.flatMap(({ modelName, result }) => lines(result, loose).map((line) => `${modelName}: ${line}`)));
    }
  }
}

// C# has no unions, and Modelina writes each as dynamic. One that is only nullable keeps its type, and a known value or any
// other text is text.
function unionInCSharp({ constrainedModel, partOfProperty }) {
  const [first, second] = constrainedModel.union;
  const known = second ? isKnownValueOrText(first, second) && 'string'
    : first instanceof ConstrainedReferenceModel ? first.name
    : first instanceof ConstrainedUnionModel && unionInCSharp({ constrainedModel: first, partOfProperty: { required: true } });
  const mayBeNull = constrainedModel.options.isNullable || partOfProperty?.required === false;
  return (known || 'dynamic') + (mayBeNull ? '?' : '');
}

function isKnownValueOrText(first, second) {
  return first instanceof ConstrainedReferenceModel && second instanceof ConstrainedStringModel;
}

// A mistake of Modelina: its setters have a parameter named like the property, so one named self does not compile.
function propertyInPython() {
  const { NO_RESERVED_KEYWORDS } = PythonDefaultPropertyKeyConstraints;
  return pythonDefaultPropertyKeyConstraints({
    NO_RESERVED_KEYWORDS: (name) => name === 'self' ? 'reserved_self' : NO_RESERVED_KEYWORDS(name),
  });
}

async function jsonSchemaToTypeScript() {
  const text = await compile(JSON.parse(bundle), 'HelpScoutWebhookPayloads', { bannerComment: '' });
  save('json-schema-to-typescript', 'typescript', 'schema', [['payloads.ts', text]],
    names(text, /^export (?:interface|type) (\w+)/gm), members(text, /^export interface (\w+)/, /\b(any|unknown)\b/));
}

async function quickType() {
  const languages = {
    typescript: ['payloads.ts', {}, /^export (?:interface|enum|type) (\w+)/gm, /^export interface (\w+)/, /\bany\b/],
    csharp: ['Payloads.cs', { framework: 'SystemTextJson', namespace: 'Quicktype' },
      /^ {4}public (?:partial (?:class|struct)|enum) (\w+)/gm, /^ {4}public partial (?:class|struct) (\w+)/,
      /\bpublic .*\b(object|dynamic)\b.*[};]$/],
    python: ['payloads.py', {}, /^class (\w+)/gm, /^class (\w+)/, /^ {4}\w+: .*\bAny\b/],
  };
  for (const [language, [file, rendererOptions, name, holder, loose]] of Object.entries(languages)) {
    const source = new JSONSchemaInput(new FetchingJSONSchemaStore());
    await source.addSource({ name: 'HelpScoutWebhookPayloads', schema: bundle });
    const inputData = new InputData();
    inputData.addInput(source);
    const text = (await quicktype({ inputData, lang: language, rendererOptions })).lines.join('\n');
    save('quicktype', language, 'schema', [[file, text]], names(text, name), members(text, holder, loose));
  }
}

/** What is wrong when the generated TypeScript reads the bodies: the compiler checks two, quicktype's own reader the third. */
async function readBodies() {
  const events = Object.entries(bodies);
  const byEvent = JSON.stringify(Object.fromEntries(events.map(([event, { body }]) => [event, body])));
  const types = [...new Set(events.map(([, { type }]) => type))];
  const files = ['2.6.0', '3.0.0'].map((version) => put(`modelina-typescript-${version}`, 'reading.ts', [
    ...types.map((type) => `import { ${type} } from './${type}';`),
    ...events.map(([, { type, body }], index) => `export const body${index}: ${type} = ${JSON.stringify(body)};`),
  ].join('\n')));
  files.push(put('json-schema-to-typescript-typescript-schema', 'reading.ts',
    `import { HelpScoutWebhookPayloads } from './payloads';\nexport const bodies: HelpScoutWebhookPayloads = ${byEvent};`));
  files.push(join(folder, 'quicktype-typescript-schema', 'payloads.ts'));

  const program = ts.createProgram(files, {
    strict: true, noEmit: true, target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.Preserve, types: [],
  });
  const found = ts.getPreEmitDiagnostics(program).map(({ file, messageText }) =>
    `${file?.fileName}: ${ts.flattenDiagnosticMessageText(messageText, ' ')}`);

  const { outputText } = ts.transpileModule(readFileSync(files.at(-1), 'utf8'), {
    compilerOptions: { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext },
  });
  const { Convert } = await import(pathToFileURL(put('quicktype-typescript-schema', 'payloads.mjs', outputText)));
  try {
    Convert.toHelpScoutWebhookPayloads(byEvent);
  } catch (error) {
    found.push(`quicktype: ${error.message}`);
  }
  return found;
}

function save(tool, language, source, files, types, loose) {
  for (const [file, text] of files) {
    put(`${tool}-${language}-${source}`, file, text);
  }
  outputs.push({ tool, language, source, types, loose });
}

function put(name, file, text) {
  mkdirSync(join(folder, name), { recursive: true });
  writeFileSync(join(folder, name, file), text);
  return join(folder, name, file);
}

function names(text, pattern) {
  return [...text.matchAll(pattern)].map((match) => match[1]);
}

/** Lines of code, not of comments. */
function lines(text, pattern) {
  return text.split('\n').filter((line) => !/^\s*(\/\/|\/?\*|#|""")/.test(line) && pattern.test(line)).map((line) => line.trim());
}

/** The same, each line after the type that it belongs to; code after the last type is the tool's own. */
function members(text, holder, pattern) {
  const found = [];
  let type;
  for (const line of text.split('\n')) {
    type = holder.exec(line)?.[1] ?? (/^[^\s}]/.test(line) ? undefined : type);
    if (type && lines(line, pattern).length > 0) {
      found.push(`${type}: ${line.trim()}`);
    }
  }
  return found;
}
