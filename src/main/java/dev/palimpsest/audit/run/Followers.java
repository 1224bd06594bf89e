package dev.palimpsest.audit.run;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Who listens to which audit. A listener that fails hurts nobody else. */
final class Followers {
  private static final Logger log = LoggerFactory.getLogger(Followers.class);

  private final Map<String, List<Consumer<AuditStatus>>> byAudit = new ConcurrentHashMap<>();
  private final List<Consumer<AuditStatus>> ofAll = new CopyOnWriteArrayList<>();

  Audits.Subscription add(String auditId, Consumer<AuditStatus> listener) {
    List<Consumer<AuditStatus>> listeners =
        byAudit.computeIfAbsent(auditId, id -> new CopyOnWriteArrayList<>());
    listeners.add(listener);
    return () -> listeners.remove(listener);
  }

  /** Returns the audits that somebody listens to. */
  Set<String> audits() {
    return byAudit.entrySet().stream()
        .filter(audit -> !audit.getValue().isEmpty())
        .map(Map.Entry::getKey)
        .collect(Collectors.toSet());
  }

  /** Adds a listener that hears of every audit. */
  Audits.Subscription addToAll(Consumer<AuditStatus> listener) {
    ofAll.add(listener);
    return () -> ofAll.remove(listener);
  }

  void tell(AuditStatus status) {
    tell(status, byAudit.getOrDefault(status.auditId(), List.of()));
    tell(status, ofAll);
  }

  private static void tell(AuditStatus status, List<Consumer<AuditStatus>> listeners) {
    for (Consumer<AuditStatus> listener : listeners) {
      try {
        listener.accept(status);
      } catch (RuntimeException e) {
        log.warn("a listener of audit {} failed", status.auditId(), e);
      }
    }
  }
}
