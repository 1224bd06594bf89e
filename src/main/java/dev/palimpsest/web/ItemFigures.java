package dev.palimpsest.web;

import dev.palimpsest.audit.run.AuditStatus;
import dev.palimpsest.audit.run.Audits;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** Counts the outcomes that audits got since the server started. */
final class ItemFigures implements AutoCloseable {
  private final Map<String, Integer> done = new ConcurrentHashMap<>();
  private final LongAdder scored = new LongAdder();
  private final Audits.Subscription following;

  ItemFigures(Audits audits) {
    this.following = audits.followAll(this::changed);
  }

  /** What an audit had when it was first heard of was there before. */
  private void changed(AuditStatus status) {
    Integer before = done.put(status.auditId(), status.done());
    if (before != null && status.done() > before) {
      scored.add(status.done() - before);
    }
  }

  long scored() {
    return scored.sum();
  }

  @Override
  public void close() {
    following.close();
  }
}
