package dev.palimpsest.decoder.family;

import dev.palimpsest.checkpoint.ModelConfig;

/** A model family: how its config.json and tensor names are read. */
@FunctionalInterface
interface Family {
  /** Describes one model of the family. */
  Blueprint describe(ModelConfig config);
}
