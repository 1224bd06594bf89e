package dev.palimpsest.evidence.bundle;

import dev.palimpsest.checkpoint.Manifest;

/** The names of a bundle's members that others refer to. */
public final class Members {
  public static final String REPORT = "report.json";
  public static final String SCHEMA = "report.schema.json";
  public static final String PLAN = "plan.json";
  public static final String RUN_CONFIG = "run-config.json";
  public static final String LEDGER = "ledger.jsonl";
  public static final String STATEMENTS = "attestations.intoto.jsonl";
  public static final String SUMS = "SHA256SUMS";
  public static final String VERIFY = "VERIFY.md";
  public static final String KEYS = "public-keys/";
  public static final String CHECKPOINTS = "checkpoints/";

  /** The place of the base among the checkpoints. */
  public static final String BASE = "base";

  /** The place of the model that an adapter is applied over to be the base. */
  public static final String BASE_MODEL = "base-model";

  private Members() {}

  /** Returns the place of a tuned checkpoint, by its place in the report, from 0. */
  public static String tuned(int index) {
    return "tuned-" + (index + 1);
  }

  /** Returns the signature under the files of a checkpoint, by its place. */
  public static String signature(String place) {
    return CHECKPOINTS + place + "/" + Manifest.SIGNATURE;
  }

  /** Returns the member that a public key is, by its id. */
  static String key(String id) {
    return KEYS + id + ".pem";
  }
}
