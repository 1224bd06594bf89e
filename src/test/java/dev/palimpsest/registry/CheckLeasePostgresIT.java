package dev.palimpsest.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.palimpsest.registry.RegisteredCheckpoint.State;
import dev.palimpsest.storage.Database;
import dev.palimpsest.storage.PostgresServer;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class CheckLeasePostgresIT extends CheckLeaseContract {
  @Override
  Database fresh() {
    return PostgresServer.running().freshDatabase();
  }

  @Test
  void aNodeThatStartsLeavesTheCheckOfALivingOneAlone() throws Exception {
    Node first = new Node(Duration.ZERO, "");
    String id = first.register("model");
    first.looked.acquire();
    Node second = new Node(Duration.ZERO, "The second one says it is broken.");
    second.registry.recover();
    second.finishQueue();
    assertThat(second.looked.availablePermits()).isZero();
    assertThat(state(id)).isEqualTo(State.CHECKING);
    first.mayGoOn.release();
    await(() -> state(id) == State.READY);
  }
}
