/** Packs what is built, so that the house sends it small: a `.br` and a `.gz` beside each file. */
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import type { Plugin } from 'vite';

const WORTH_IT = /\.(?:css|js|svg)$/;
/** A packed file must save at least this part of the whole, or it is left out. */
const GAIN = 0.05;

const packings = {
  br: (data: Buffer) =>
    promisify(brotliCompress)(data, {
      params: { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY },
    }),
  gz: (data: Buffer) => promisify(gzip)(data, { level: constants.Z_BEST_COMPRESSION }),
};

async function pack(path: string): Promise<void> {
  const data = await readFile(path);
  for (const [suffix, by] of Object.entries(packings)) {
    const packed = await by(data);
    if (packed.length < data.length * (1 - GAIN)) await writeFile(`${path}.${suffix}`, packed);
  }
}

export function packed(): Plugin {
  return {
    name: 'wardcast-packed',
    apply: 'build',
    async writeBundle({ dir }) {
      if (!dir) throw new Error('The build has no folder whose files could be packed.');
      const names = await readdir(dir, { recursive: true });
      const worth = names.filter((name) => WORTH_IT.test(name));
      await Promise.all(worth.map((name) => pack(join(dir, name))));
    },
  };
}
