package dev.palimpsest.cli;

import dev.palimpsest.audit.AuditException;
import dev.palimpsest.audit.run.AuditState;
import dev.palimpsest.audit.run.AuditStatus;
import dev.palimpsest.audit.run.Audits;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine;

/**
 * Shows how far an audit is: one line that changes on a terminal, a line now and then elsewhere.
 */
final class ProgressLine {
  private static final Duration NOW_AND_THEN = Duration.ofSeconds(15);

  private final PrintWriter out;
  private final boolean terminal;
  private final CountDownLatch ended = new CountDownLatch(1);
  private volatile AuditStatus last;
  private Instant shown = Instant.EPOCH;
  private String shownStep = "";
  private int width;

  ProgressLine(PrintWriter out) {
    this.out = out;
    this.terminal = CommandLine.Help.Ansi.AUTO.enabled();
  }

  /**
   * Waits until the audit has run.
   *
   * @throws AuditException if it stopped before, with the reason
   */
  void await(Audits audits, String auditId) {
    Audits.Subscription following = audits.follow(auditId, this::show);
    try {
      ended.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AuditException("The audit was interrupted; the same command goes on with it.", e);
    } finally {
      following.close();
    }
    AuditStatus status = last;
    switch (status.state()) {
      case FAILED ->
          throw new AuditException(
              status.message() + " What ran is kept; the same command goes on with it.");
      case CANCELLED ->
          throw new AuditException("The audit was cancelled; the same command goes on with it.");
      default -> {}
    }
  }

  private synchronized void show(AuditStatus status) {
    last = status;
    boolean over =
        switch (status.state()) {
          case QUEUED, RUNNING -> false;
          case FINISHED, CANCELLED, FAILED -> true;
        };
    if (terminal) {
      rewrite(line(status), over);
    } else if (over || isWorthALine(status)) {
      out.println(line(status));
      out.flush();
    }
    if (over) {
      ended.countDown();
    }
  }

  private void rewrite(String line, boolean over) {
    out.print("\r" + line + " ".repeat(Math.max(0, width - line.length())));
    width = line.length();
    if (over) {
      out.println();
    }
    out.flush();
  }

  private boolean isWorthALine(AuditStatus status) {
    Instant now = Instant.now();
    boolean worth = !status.step().equals(shownStep) || now.isAfter(shown.plus(NOW_AND_THEN));
    if (worth) {
      shown = now;
      shownStep = status.step();
    }
    return worth;
  }

  private static String line(AuditStatus status) {
    int percent = status.total() == 0 ? 0 : 100 * status.done() / status.total();
    String line =
        String.format(
            Locale.ROOT, "%3d%% %d/%d %s", percent, status.done(), status.total(), status.step());
    return line + remaining(status);
  }

  private static String remaining(AuditStatus status) {
    if (status.state() != AuditState.RUNNING || status.secondsLeft() == 0) {
      return "";
    }
    return status.secondsLeft() > 0
        ? ", about " + duration(status.secondsLeft())
        : ", estimating the time left";
  }

  private static String duration(long seconds) {
    return seconds < 100
        ? seconds + " s left"
        : String.format(Locale.ROOT, "%d min left", (seconds + 30) / 60);
  }
}
