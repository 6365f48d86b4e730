import { build } from 'esbuild'; import { gzipSync } from 'node:zlib'; import {readdirSync} from 'node:fs';
const gz = async (opts) => { const r = await build({ bundle:true, minify:true, format:'esm', write:false, target:'es2022', ...opts }); return [r.outputFiles[0].contents.length, gzipSync(r.outputFiles[0].contents,{level:9}).length, r.outputFiles[0].text]};
const all = await gz({entryPoints:['/work/main/src/gate/gate.ts']});
const shared = await gz({stdin:{contents:`export * from './src/errors/sessionError.ts';export * from './src/time/alarm.ts';export {readInstant} from './src/time/clock.ts';export {deadlineAfter,remainingMs} from './src/time/deadline.ts';export {isFreshBearer} from './src/vault/vault.ts'`,resolveDir:'/work/main',loader:'ts'}});
const own = await gz({entryPoints:['/work/main/src/gate/gate.ts'], external:['../errors/*','../time/*','../vault/*']});
console.log('all', all[0], all[1], 'shared', shared[0], shared[1], 'own', own[0], own[1]);
for (const f of readdirSync('/work/main/src/gate')) { const r = await gz({entryPoints:['/work/main/src/gate/'+f], external:['./*','../*']}); console.log(f, r[0], r[1]); }
if (process.argv[2]) console.log(own[2]);
