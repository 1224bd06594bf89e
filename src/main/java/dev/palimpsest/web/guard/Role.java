package dev.palimpsest.web.guard;

import io.javalin.security.RouteRole;
import java.util.Locale;

/** What a visitor may do here; every route names the one it needs. */
public enum Role implements RouteRole {
  /** Needs no right at all: what tells nothing about models and changes nothing. */
  ANYONE,
  /** Reads reports, items, suites and the lists of what there is. */
  VIEWER,
  /** Brings checkpoints in, starts audits and stops them. */
  AUDITOR,
  /** Decides on reports. */
  APPROVER,
  /** Takes away what others made. */
  ADMINISTRATOR;

  /** Returns the role in words. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
