package dev.palimpsest.evidence.bundle;

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

  private Members() {}
}
