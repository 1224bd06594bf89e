#!/usr/bin/env bash
# Kills a process that signs decisions and exports bundles at 100 random moments (or as many as told) and looks what is left.
set -euo pipefail
cd "$(dirname "$0")/.."
mvn -q test -Dtest=SignOffKillIT -Dsurefire.failIfNoSpecifiedTests=false \
  -Dtest.jvm.args="-Xmx2g -XX:+UseSerialGC -Dpalimpsest.kills=${1:-100}"
