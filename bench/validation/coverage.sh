#!/usr/bin/env bash
# Prints the tables of docs/STATISTICS.md on coverage, errors and power: bench/validation/coverage.sh [AUDITS]
# Counted out, but for clustered items, of which AUDITS (4000) are drawn by a fixed seed. Some ten seconds of one core.
set -euo pipefail
cd "$(dirname "$0")/../.."
mvn -q -B test-compile dependency:build-classpath -Dmdep.outputFile=target/coverage.classpath -Dmdep.includeScope=test
exec nice java -cp "target/test-classes:target/classes:$(cat target/coverage.classpath)" dev.palimpsest.stats.CoverageTable "$@"
