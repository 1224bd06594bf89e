#!/bin/sh
# Prints the tables of docs/STATISTICS.md, "Decided early": early_decisions.sh [RUNS]. Takes some minutes at 400.
cd "$(dirname "$0")/.." && mvn -q -B test-compile &&
  exec mvn -q -B org.codehaus.mojo:exec-maven-plugin:3.5.0:java -Dexec.classpathScope=test \
    -Dexec.mainClass=dev.palimpsest.stats.sequential.EarlyDecisionSimulation -Dexec.args="${1:-400}"
