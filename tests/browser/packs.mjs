// Packs to test, made by the program as it stands: of every bundled scenario, and of the hostile ones.

import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const ROOT = resolve(import.meta.dirname, '../..');
const CARGO = process.env.CARGO ?? 'cargo';

/** A folder that is gone when the process ends. */
export function temporary() {
  const folder = mkdtempSync(join(tmpdir(), 'appraise-packs-'));
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

function cargo(...rest) {
  const options = typeof rest.at(-1) === 'object' ? rest.pop() : {};
  execFileSync(CARGO, rest, { cwd: ROOT, stdio: ['ignore', 'ignore', 'pipe'], ...options });
}

/** The program, built as the other tests build it: `cargo build` alone would compile the solver a second time, without the features that the tests add. */
const program = (() => {
  let path;
  return () => {
    if (!path) {
      cargo('test', '--locked', '--quiet', '--no-run', '--test', 'cli');
      const said = execFileSync(CARGO, ['metadata', '--locked', '--no-deps', '--format-version', '1'], { cwd: ROOT, encoding: 'utf8' });
      path = join(JSON.parse(said).target_directory, 'debug', 'appraise');
    }
    return path;
  };
})();

/** Makes the pack of a scenario; no feasible option (status 3) is a result too. */
export function make(scenario, folder, ...more) {
  const done = spawnSync(program(), ['run', scenario, '-o', folder, ...more], { cwd: ROOT, encoding: 'utf8' });
  if (done.status !== 0 && done.status !== 3) throw new Error(`no pack of ${scenario}: ${done.error ?? done.stderr}`);
  return join(folder, 'pack.html');
}

/** Name and path of the pack of every bundled scenario, run as it stands or with further arguments. */
export function bundled(...more) {
  const scenarios = join(ROOT, 'scenarios');
  const folder = temporary();
  const names = readdirSync(scenarios, { withFileTypes: true }).filter((e) => e.isDirectory()).map((e) => e.name).sort();
  if (names.length === 0) throw new Error('there are no bundled scenarios');
  return names.map((name) => ({ name, path: make(join(scenarios, name), join(folder, name), ...more) }));
}

/** The packs of the hostile scenarios that `tests/hostile` writes, with what was put into each. */
export function hostile() {
  const folder = temporary();
  const env = { ...process.env, APPRAISE_HOSTILE_DIR: folder };
  cargo('test', '--locked', '--quiet', '--test', 'hostile', 'scenarios_for_the_browser', { env });
  const names = readdirSync(folder).sort();
  if (names.length === 0) throw new Error('no hostile scenarios were written');
  return names.map((name) => ({
    name,
    path: make(join(folder, name, 'scenario.toml'), join(folder, name, 'report')),
    placed: JSON.parse(readFileSync(join(folder, name, 'placed.json'), 'utf8')),
  }));
}

/** The path of a bundled scenario. */
export const scenario = (name) => join(ROOT, 'scenarios', name);

/** Weights to try on Project Fusion, with the scores, shown and in full, and the ranks that the engine gives by them. */
export function weighed() {
  const file = join(temporary(), 'weighed.json');
  cargo('test', '--locked', '--quiet', '--test', 'pack', 'weights_for_the_browser', { env: { ...process.env, APPRAISE_WEIGHED: file } });
  return JSON.parse(readFileSync(file, 'utf8'));
}

/** Widths at 1,000 by the metric tables that charts are laid out with: text, whether bold, width. */
export function widths() {
  const file = join(temporary(), 'widths.json');
  cargo('test', '--locked', '--quiet', '--test', 'chart_type', { env: { ...process.env, APPRAISE_WIDTHS: file } });
  return JSON.parse(readFileSync(file, 'utf8'));
}
