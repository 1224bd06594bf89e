package dev.palimpsest.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class LatestTest {
  private final ExecutorService executor = Executors.newCachedThreadPool();

  @AfterEach
  void stop() {
    executor.shutdownNow();
  }

  @Test
  void oneWhoHangsHoldsUpNobodyElse() throws Exception {
    CountDownLatch reads = new CountDownLatch(1);
    Latest<Integer> stalled = new Latest<>(executor, value -> await(reads));
    BlockingQueue<Integer> heard = new LinkedBlockingQueue<>();
    Latest<Integer> other = new Latest<>(executor, heard::add);
    for (int value = 1; value <= 3; value++) {
      stalled.offer(value);
      other.offer(value);
      assertThat(heard.poll(20, TimeUnit.SECONDS)).isEqualTo(value);
    }
    assertThat(stalled.isIdle()).isFalse();
    reads.countDown();
  }

  @Test
  void oneWhoReadsAgainHearsTheNewestAlone() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch reads = new CountDownLatch(1);
    CountDownLatch last = new CountDownLatch(1);
    List<Integer> heard = new CopyOnWriteArrayList<>();
    Latest<Integer> latest =
        new Latest<>(
            executor,
            value -> {
              begun.countDown();
              await(reads);
              heard.add(value);
              if (value == 9) {
                last.countDown();
              }
            });
    latest.offer(1);
    await(begun);
    for (int value = 2; value <= 9; value++) {
      latest.offer(value);
    }
    reads.countDown();
    await(last);
    assertThat(heard).containsExactly(1, 9);
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
