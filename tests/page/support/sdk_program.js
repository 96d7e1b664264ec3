// A program of the page, run with an SDK where that SDK's own tests have installed it.
'use strict';
const assert = require('node:assert');
const { spawn } = require('node:child_process');
const fs = require('node:fs');
const path = require('node:path');
const { until } = require('./until');

const sdk = path.resolve(__dirname, '../../sdk');
const python = path.join(sdk, 'python/build/venv/bin/python');
const nodeModules = path.join(sdk, 'node/node_modules');
const javaLibraries = path.join(sdk, 'java/build/lib');

const runners = {
    Node: { needs: nodeModules, file: 'program.js', command: [process.execPath, 'program.js'],
        environment: { NODE_PATH: nodeModules } },
    Python: { needs: python, file: 'program.py', command: [python, 'program.py'] },
    Java: { needs: javaLibraries, file: 'Program.java',
        command: ['java', '-cp', path.join(javaLibraries, '*'), 'Program.java'] },
};

const isInstalled = (language) => fs.existsSync(runners[language].needs);

class SdkProgram {
    // `setUp`: lines of a shell; what they would install is there already.
    constructor(language, folder, { setUp, program }) {
        const { file, command, environment } = runners[language];
        fs.writeFileSync(path.join(folder, file), program);
        const lines = setUp.split('\n').filter((line) => !/^(?:npm|pip) install/.test(line));
        this.output = '';
        this.ended = false;
        this.process = spawn('sh', ['-c', `${lines.join('\n')}\nexec "$@"`, 'sh', ...command],
            { cwd: folder, env: { ...process.env, ...environment } });
        this.process.once('exit', () => { this.ended = true; });
        for (const stream of [this.process.stdout, this.process.stderr]) {
            stream.on('data', (bytes) => { this.output += bytes; });
        }
    }

    // Until that holds; what the program said where it does not, or the program ends before.
    async until(what, holds) {
        try {
            await until(what, async () => this.ended || holds(), 60);
            assert.ok(await holds(), `${what}: it ended`);
        } catch (failure) {
            throw new Error(`${failure.message}\n${this.output}`);
        }
    }

    kill() {
        this.process.kill('SIGKILL');
    }
}

module.exports = { SdkProgram, isInstalled, languages: Object.keys(runners) };
