#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Build the page: usage: build_web.sh FOLDER. Works on a copy of web/ in FOLDER.work, where packages are installed from the npm registry as
# package-lock.json says; nothing is written into web/.
set -eu

folder=$1
work=$folder.work
sources=$(cd "$(dirname "$0")/../web" && pwd)

mkdir -p "$work"
# what is installed stays, as long as it is what is asked for
find "$work" -mindepth 1 -maxdepth 1 ! -name node_modules ! -name installed.json -exec rm -rf {} +
(cd "$sources" && tar -c --exclude=./node_modules --exclude=./dist .) | tar -x -C "$work"
cd "$work"
if ! cmp -s package-lock.json installed.json; then
    rm -f installed.json
    npm ci --include=dev --no-audit --no-fund
    cp package-lock.json installed.json
fi
npm run build
rm -rf "$folder"
mv dist "$folder"
