package dev.palimpsest.checkpoint.inspection;

import dev.palimpsest.checkpoint.CheckpointException;
import dev.palimpsest.checkpoint.Printable;
import dev.palimpsest.checkpoint.inspection.Inspection.Finding;
import dev.palimpsest.checkpoint.inspection.Inspection.Severity;
import dev.palimpsest.checkpoint.signature.SignatureCheck;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Collects what an inspection finds, at most so many that a person can read them. */
final class Findings implements SignatureCheck.Notes {
  private static final int MOST_PER_SEVERITY = 50;

  private final List<Finding> findings = new ArrayList<>();
  private final int[] left = new int[Severity.values().length];

  @Override
  public void error(String file, String sentence) {
    add(Severity.ERROR, file, sentence);
  }

  @Override
  public void warning(String file, String sentence) {
    add(Severity.WARNING, file, sentence);
  }

  @Override
  public void info(String file, String sentence) {
    add(Severity.INFO, file, sentence);
  }

  /** Runs a check and keeps its failure; says whether it passed. */
  boolean passes(Runnable check) {
    try {
      check.run();
      return true;
    } catch (CheckpointException e) {
      error(e.file(), e.sentence());
      return false;
    }
  }

  private void add(Severity severity, String file, String sentence) {
    long same = findings.stream().filter(finding -> finding.severity() == severity).count();
    if (same < MOST_PER_SEVERITY) {
      findings.add(new Finding(severity, Printable.text(file), sentence));
    } else {
      left[severity.compareTo(Severity.ERROR)]++;
    }
  }

  /** Returns the findings, errors first. */
  List<Finding> sorted() {
    List<Finding> sorted = new ArrayList<>(findings);
    sorted.removeIf(this::isExplainedByError);
    for (Severity severity : Severity.values()) {
      int more = left[severity.compareTo(Severity.ERROR)];
      if (more > 0) {
        sorted.add(new Finding(severity, "…", "and " + more + " more of this kind"));
      }
    }
    sorted.sort(Comparator.comparing(Finding::severity));
    return sorted;
  }

  /** A file that is refused needs no warning besides. */
  private boolean isExplainedByError(Finding finding) {
    return finding.severity() == Severity.WARNING
        && findings.stream()
            .anyMatch(
                other -> other.severity() == Severity.ERROR && other.file().equals(finding.file()));
  }
}
