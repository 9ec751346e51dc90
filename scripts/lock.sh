#!/bin/sh
# Writes requirements/*.lock anew from pyproject.toml and requirements/build.in.
# Pins are kept as long as they still fit; UPGRADE=1 takes the newest versions allowed.
# Each lock is held to the ones before it, so that one .venv can take all three.
set -eu
cd "$(dirname "$0")/.."

upgrade=
[ "${UPGRADE:-}" = 1 ] && upgrade=--upgrade

compile() { # name, then further arguments
    name=$1
    shift
    echo "requirements/$name.lock"
    .venv/bin/uv pip compile --quiet --no-config $upgrade \
        --universal --python-version 3.11 --fork-strategy requires-python \
        --generate-hashes --no-emit-index-url --no-emit-find-links \
        --custom-compile-command "make lock" \
        --output-file "requirements/$name.lock" \
        "$@" pyproject.toml requirements/build.in
}

compile run -c requirements/limits.in
compile test --extra dev --extra poster --extra serve --extra cluster --extra bucket -c requirements/run.lock
compile bench --extra bench -c requirements/run.lock -c requirements/test.lock
apart() { # name, then further arguments: what is installed in a folder of its own
    name=$1
    shift
    echo "requirements/$name.lock"
    .venv/bin/uv pip compile --quiet --no-config $upgrade --universal --python-version 3.11 \
        --generate-hashes --no-emit-index-url --no-emit-find-links \
        --custom-compile-command "make lock" --output-file "requirements/$name.lock" "$@" "requirements/$name.in"
}
apart peers --no-deps
apart audit
