#!/bin/sh
# Prints the tables of docs/STATISTICS.md, "Decided early": early_decisions.sh [RUNS], 400 unless told.
cd "$(dirname "$0")/.." && mvn -q -B test-compile &&
  exec java -cp "target/test-classes:target/classes:$(find "$HOME/.m2/repository/org/apache/commons" -name '*.jar' | tr '\n' ':')" \
    dev.palimpsest.stats.sequential.EarlyDecisionSimulation "${1:-400}"
