#!/usr/bin/env bash
# Asks a real server for everything its OpenAPI document allows, and for much that it does not, by schemathesis.
# usage: bench/api_fuzz.sh BASE [EXAMPLES]   (BASE: the server's address, http://127.0.0.1:7070 say; it is written to)
set -euo pipefail
base=${1:?usage: bench/api_fuzz.sh BASE [EXAMPLES]}
examples=${2:-60}
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
venv=${TMPDIR:-/tmp}/palimpsest-schemathesis
if [ ! -x "$venv/bin/schemathesis" ]; then
  python3 -m venv "$venv"
  "$venv/bin/pip" install --quiet --disable-pip-version-check schemathesis
fi
"$venv/bin/schemathesis" --version
cd "$here"
exec "$venv/bin/schemathesis" --config-file api_fuzz.toml run "$base/api/v1/openapi.json" \
  --max-examples "$examples" --workers 1 --seed 1 "${@:3}"
