package dev.palimpsest.audit.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.palimpsest.audit.plan.Policy;
import dev.palimpsest.audit.plan.PolicyFile;
import dev.palimpsest.storage.Database;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RegisteredPoliciesTest {
  private static final Instant FIRST = Instant.parse("2026-11-24T03:00:00Z");
  private static final Instant LATER = FIRST.plusSeconds(60);

  @TempDir private Path folder;

  @Test
  void aPolicyKeepsTheTimeAtWhichItWasFirstRegistered() {
    Policy one = policy("one", "0.05");
    Policy other = policy("other", "0.03");
    try (Database database = Database.open(folder)) {
      at(database, FIRST).register(one);
      at(database, LATER).register(policy("one", "0.050"));
      at(database, LATER).register(other);
    }
    try (Database database = Database.open(folder)) {
      assertThat(at(database, LATER).list())
          .containsExactly(
              new RegisteredPolicies.Registered(other.digest(), other, LATER),
              new RegisteredPolicies.Registered(one.digest(), one, FIRST));
      assertThat(at(database, LATER).find("0".repeat(64))).isEmpty();
    }
  }

  private static RegisteredPolicies at(Database database, Instant time) {
    return new RegisteredPolicies(database, Clock.fixed(time, ZoneOffset.UTC));
  }

  private static Policy policy(String name, String drop) {
    return PolicyFile.parse(
        "policy.yaml",
        "version: 2\nname: " + name + "\ngates: [{suite: knowledge, maxDrop: " + drop + "}]");
  }
}
