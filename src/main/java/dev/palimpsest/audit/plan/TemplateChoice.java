package dev.palimpsest.audit.plan;

import java.util.Locale;

/** Through whose chat template the tuned checkpoints are asked. */
public enum TemplateChoice {
  /** Each through its own, as it will be asked where it is deployed. */
  OWN,
  /** All through the base's. */
  BASE;

  /** Returns the name used on the command line. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Returns the choice with the given label, or fails with the accepted ones. */
  public static TemplateChoice of(String label) {
    for (TemplateChoice choice : values()) {
      if (choice.label().equals(label)) {
        return choice;
      }
    }
    throw new PlanException("There is no template choice '" + label + "'; use own or base.");
  }
}
